import { foundText as foundIn } from "../config/foundText.ts"
import { isGiven, meant, readFields, type TellOfKey } from "../config/readFields.ts"
import { conditions, isCondition, type ConditionName } from "./conditions.ts"
import { aText, type Field } from "./fields.ts"
import { ruleId } from "./ruleId.ts"
import type { Rule } from "./Rule.ts"

export interface RuleMistake {
  readonly path: ReadonlyArray<string | number>
  readonly found: string
  readonly wanted: string
}

type Entry = Readonly<Record<string, unknown>>

const mostRules = 100

const aDuration: Field<number> = {
  input: "number",
  wanted: "a number of minutes, 0 to 10080",
  read: (value) => (typeof value === "number" && value >= 0 && value <= 10_080 ? value : undefined),
  fallback: 0,
}

/** Fields of every rule, in addition to those of its condition. */
export const ofEach = {
  name: aText,
  person: { ...aText, fallback: null },
  minutes: aDuration,
  id: { ...aText, fallback: null },
}

/** Reads a list of rules. One with a mistake is reported and left out. */
export const readRules = (
  list: unknown,
): { readonly rules: ReadonlyArray<Rule>; readonly mistakes: ReadonlyArray<RuleMistake> } => {
  if (list === undefined || list === null) return { rules: [], mistakes: [] }
  if (!Array.isArray(list))
    return {
      rules: [],
      mistakes: [{ path: [], found: foundIn(list), wanted: `a list of rules, like ${example}` }],
    }
  const mistakes: Array<RuleMistake> = []
  const rules: Array<Rule> = []
  for (const [index, entry] of list.slice(0, mostRules).entries()) {
    const tell: TellOfKey = (key, found, wanted) =>
      mistakes.push({ path: key === null ? [index] : [index, key], found, wanted })
    const rule = readRule(entry, tell)
    if (rule === null) continue
    if (rules.some((other) => meet(other, rule)))
      tell("name", JSON.stringify(rule.name), "a name that no other rule has")
    else rules.push(rule)
  }
  if (list.length > mostRules)
    mistakes.push({ path: [], found: `${list.length} rules`, wanted: `${mostRules} at most` })
  return { rules, mistakes }
}

const example = "{name: Heavy, when: above, measure: weight, value: 75}"

const readRule = (entry: unknown, tell: TellOfKey): Rule | null => {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
    tell(null, foundIn(entry), `a rule, like ${example}`)
    return null
  }
  const given: Entry = Object.fromEntries(Object.entries(entry).filter(([, value]) => isGiven(value)))
  const { when } = given
  if (!isCondition(when)) {
    tell(
      "when",
      foundIn(when),
      `one of ${Object.keys(conditions).join(", ")}${meant(when, Object.keys(conditions))}`,
    )
    return null
  }
  const { fields, test } = conditions[when]
  const readers: Readonly<Record<string, Field<unknown>>> = { ...ofEach, ...fields }
  const read = readFields(given, readers, tell, { also: ["when"], ignored: formFields })
  return read === null ? null : toRule(given, read, when, test)
}

const toRule = (
  given: Entry,
  read: Entry,
  when: ConditionName,
  test: (typeof conditions)[ConditionName]["test"],
): Rule => {
  const name = String(read["name"])
  return {
    id: ruleId(typeof read["id"] === "string" ? read["id"] : name),
    name,
    person: typeof read["person"] === "string" ? read["person"] : null,
    when,
    given,
    minimum: Number(read["minutes"]) * 60,
    test: (facts, held) => test(read, facts, held),
  }
}

/** The settings page of Homebridge keeps what was entered for another condition. */
const formFields: ReadonlySet<string> = new Set(["measure", "value", "to", "days", "time", "hysteresis"])

const meet = (one: Rule, other: Rule): boolean =>
  one.id === other.id && (one.person === null || other.person === null || one.person === other.person)
