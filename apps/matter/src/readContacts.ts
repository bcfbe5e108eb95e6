import { foundText, measureKinds } from "@withings-bridge/core"
import type { ContactCondition, ContactRule } from "./contactRule.ts"

/** Told what is wrong, with the path in the list: [0, "kind"]. */
type Tell = (path: ReadonlyArray<string | number>, found: string, wanted: string) => void

/** The rules under `contacts` that can be used; the others are told. */
export const contactRules = (list: ReadonlyArray<unknown>, tell: Tell): ReadonlyArray<ContactRule> =>
  list.flatMap((value, index) => contactRule(value, (path, ...what) => tell([index, ...path], ...what)) ?? [])

const contactRule = (value: unknown, tell: Tell): ContactRule | null => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    tell([], foundText(value), "a rule, like {person: Ann, kind: weight, above: 75}")
    return null
  }
  const { person, kind, name, id, ...conditions }: Readonly<Record<string, unknown>> = { ...value }
  const isPerson = typeof person === "string" && person !== ""
  if (!isPerson) tell(["person"], foundText(person), "the name of a person")
  if (!isMeasure(kind)) tell(["kind"], foundText(kind), aMeasure)
  const [word, ...more] = Object.keys(conditions)
  if (word === undefined || more.length > 0) {
    tell([], word === undefined ? "a rule without a condition" : Object.keys(conditions).join(", "), oneWord)
    return null
  }
  const condition = conditionOf(word, conditions[word], tell)
  if (!isPerson || !isMeasure(kind) || condition === null) return null
  return {
    id: typeof id === "string" ? id : `${kind}/${word}`,
    name: typeof name === "string" ? name : `${person} ${kind} ${word}`,
    person,
    kind,
    condition,
  }
}

/** A rule on a misspelt measure would never hold, and nobody would know. Types without a name keep their number. */
const isMeasure = (key: unknown): key is string =>
  typeof key === "string" && (Object.hasOwn(measureKinds, key) || /^meastype-\d+$/.test(key))

const aMeasure = "a measure, like weight (docs/measures.md lists all)"
const oneWord = "exactly one of above, below, is, silent_for_days"

const conditionOf = (word: string, bound: unknown, tell: Tell): ContactCondition | null => {
  const wrong = (wanted: string) => {
    tell([word], foundText(bound), wanted)
    return null
  }
  switch (word) {
    case "above":
    case "below":
      if (typeof bound !== "number" && !isMeasure(bound)) return wrong(`a number, or ${aMeasure}`)
      return word === "above" ? { above: bound } : { below: bound }
    case "is": {
      const verdicts: ReadonlyArray<unknown> = Array.isArray(bound) ? bound : [bound]
      return verdicts.every((verdict) => typeof verdict === "number")
        ? { is: verdicts }
        : wrong("the numbers of a verdict, like [1, 11]")
    }
    case "silent_for_days":
      return typeof bound === "number" ? { silentForDays: bound } : wrong("a number of days")
    default:
      tell([word], "an unknown key", oneWord)
      return null
  }
}
