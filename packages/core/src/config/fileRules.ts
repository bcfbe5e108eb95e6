import { mergeRules } from "../rule/mergeRules.ts"
import { readRules } from "../rule/readRules.ts"
import type { Rule } from "../rule/Rule.ts"
import { configSection, type FileSection } from "./configFile.ts"
import { oldKey, toRuleEntry } from "./oldContacts.ts"
import { isRecord } from "./isRecord.ts"
import { placeIn } from "./MistakeIn.ts"
import type { ConfigMistake } from "./readSettings.ts"

type Path = ReadonlyArray<string | number>
interface Rules {
  readonly rules: ReadonlyArray<Rule>
  readonly mistakes: ReadonlyArray<ConfigMistake>
}

/** The section `rules` of `config.yaml`, and the old `contacts` of `matter`, which hold in every home now as well. */
export const fileRules = (name: string, content: string): Rules => {
  const section = configSection(name, content, "rules")
  const { mistakes, rules } = readRules(section.value)
  const old = oldRules(configSection(name, content, "matter"))
  return {
    rules: mergeRules(rules, old.rules),
    mistakes: [
      ...mistakes.map((mistake) => located(section, "rules", mistake, mistake.path)),
      ...old.mistakes,
    ],
  }
}

const oldRules = (section: FileSection): Rules => {
  const contacts = isRecord(section.value) ? section.value["contacts"] : undefined
  const { mistakes, rules } = readRules(Array.isArray(contacts) ? contacts.map(toRuleEntry) : contacts)
  return {
    rules,
    mistakes: mistakes.map((mistake) => {
      const [index, key] = mistake.path
      const contact: unknown =
        Array.isArray(contacts) && typeof index === "number" ? contacts[index] : undefined
      const path = [index, oldKey(contact, key)].flatMap((part) => part ?? [])
      return located(section, "matter", mistake, ["contacts", ...path])
    }),
  }
}

const located = (
  section: FileSection,
  root: string,
  { found, wanted }: { readonly found: string; readonly wanted: string },
  path: Path,
): ConfigMistake => ({
  source: section.name,
  line: section.lineOf(path),
  key: `${root}${placeIn(path)}`,
  found,
  wanted,
})
