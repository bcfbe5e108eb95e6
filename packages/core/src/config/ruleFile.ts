import { isNode, isSeq, parseDocument } from "yaml"
import { opaqueId } from "../device/opaqueId.ts"
import { readRules, type RuleMistake } from "../rule/readRules.ts"
import type { Rule } from "../rule/Rule.ts"
import { configSection } from "./configFile.ts"

/** One item under `rules:` in `config.yaml`, whether it can be used or not. */
export interface WrittenRule {
  /** A hash of the item as written: it changes with every edit. */
  readonly id: string
  /** As written, for an editor. */
  readonly entry: unknown
  /** null: it cannot be used, for the reasons in `mistakes`. */
  readonly rule: Rule | null
  readonly mistakes: ReadonlyArray<RuleMistake>
}

/** The items under `rules:`, in their order. */
export const writtenRules = (content: string): ReadonlyArray<WrittenRule> => {
  const { value } = configSection("config.yaml", content, "rules")
  if (!Array.isArray(value)) return []
  const { mistakes } = readRules(value)
  return value.map((entry: unknown, index): WrittenRule => {
    const own = mistakes.filter(({ path }) => path[0] === index)
    const rule = own.length > 0 ? null : (readRules([entry]).rules[0] ?? null)
    return { id: opaqueId("written rule", JSON.stringify(entry)), entry, rule, mistakes: own }
  })
}

/**
 * The file with one item under `rules:` added (`index` null), changed, or removed (`entry` null). Comments, order and
 * other sections are preserved.
 */
export const withRule = (
  content: string,
  index: number | null,
  entry: Readonly<Record<string, unknown>> | null,
): string => {
  const document = parseDocument(content)
  const list = document.get("rules")
  if (!isSeq(list)) document.set("rules", document.createNode([]))
  if (entry === null) document.deleteIn(["rules", index])
  else {
    const item = document.createNode(entry, { flow: true })
    const before = index === null ? null : document.getIn(["rules", index], true)
    if (isNode(before)) {
      item.commentBefore = before.commentBefore ?? null
      item.comment = before.comment ?? null
    }
    if (index === null) document.addIn(["rules"], item)
    else document.setIn(["rules", index], item)
  }
  return document.toString({ lineWidth: 0 })
}
