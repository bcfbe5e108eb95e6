import { closest } from "../config/closest.ts"
import { foundText as foundIn } from "../config/foundText.ts"
import { conditions, isCondition, type ConditionName } from "./conditions.ts"
import type { Field } from "./fields.ts"
import { ruleId } from "./ruleId.ts"
import type { Rule } from "./Rule.ts"

/** What is wrong with one rule: where in the list, what was found and what is wanted. */
export interface RuleMistake {
  readonly path: ReadonlyArray<string | number>
  readonly found: string
  readonly wanted: string
}

type Entry = Readonly<Record<string, unknown>>
type Tell = (key: string | null, found: string, wanted: string) => void

const mostRules = 100
const longestName = 64

const aName: Field<string> = {
  input: "text",
  wanted: `a text of up to ${longestName} letters`,
  read: (value) => {
    const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : ""
    return text !== "" && text.length <= longestName ? text : undefined
  },
}
const aDuration: Field<number> = {
  input: "number",
  wanted: "a number of minutes, 0 to 10080",
  read: (value) => (typeof value === "number" && value >= 0 && value <= 10_080 ? value : undefined),
  fallback: 0,
}

/** What every rule may say besides its condition. */
export const ofEach = {
  name: aName,
  person: { ...aName, fallback: null },
  minutes: aDuration,
  id: { ...aName, fallback: null },
}

/** Reads a list of rules. One with a mistake is left out and told; the others are used. */
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
    const tell: Tell = (key, found, wanted) =>
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

const readRule = (entry: unknown, tell: Tell): Rule | null => {
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
  const read = readFields(given, readers, tell)
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

const readFields = (
  given: Entry,
  readers: Readonly<Record<string, Field<unknown>>>,
  tell: Tell,
): Entry | null => {
  const read: Record<string, unknown> = {}
  let isWhole = true
  const wrong: Tell = (...what) => {
    isWhole = false
    tell(...what)
  }
  for (const [key, field] of Object.entries(readers)) {
    const value = given[key]
    if (value === undefined && field.fallback === undefined) wrong(key, "nothing", field.wanted)
    read[key] = value === undefined ? field.fallback : field.read(value)
    if (value === undefined || read[key] !== undefined) continue
    const word = field.meant?.(value) ?? null
    wrong(key, foundIn(value), word === null ? field.wanted : `${word}, probably; ${field.wanted}`)
  }
  for (const key of Object.keys(given)) {
    if (key === "when" || Object.hasOwn(readers, key)) continue
    // The settings page of Homebridge keeps what was entered for another condition.
    if (formFields.has(key)) continue
    wrong(
      key,
      "an unknown key",
      `one of when, ${Object.keys(readers).join(", ")}${meant(key, Object.keys(readers))}`,
    )
  }
  return isWhole ? read : null
}

const formFields: ReadonlySet<string> = new Set(["measure", "value", "to", "days", "time", "hysteresis"])

/** A form stores an emptied field as "" or null. */
const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== ""

const meant = (word: unknown, words: ReadonlyArray<string>): string => {
  const near = typeof word === "string" ? closest(word, words) : null
  return near === null ? "" : `; ${near}, probably`
}

const meet = (one: Rule, other: Rule): boolean =>
  one.id === other.id && (one.person === null || other.person === null || one.person === other.person)
