import { isRecord } from "./isRecord.ts"

/** Condition names of `matter.contacts`, the predecessor of rules for all homes. */
const words = { above: "above", below: "below", is: "is", silent_for_days: "no-measure-for-days" } as const

/** An old contact as a rule. What it does not understand, `readRules` will report. */
export const toRuleEntry = (contact: unknown): unknown => {
  if (!isRecord(contact)) return contact
  const { id, kind, name, person, ...rest } = contact
  const word = Object.keys(rest).find((key) => Object.hasOwn(words, key))
  if (word === undefined) return { ...contact }
  const { [word]: value, ...unread } = rest
  return {
    id: id ?? `${String(kind)}/${word}`,
    name: name ?? `${String(kind)} ${word}`,
    person,
    when: words[word as keyof typeof words],
    measure: kind,
    value,
    ...unread,
  }
}

/** The key of an old contact from which a key of its rule was made. */
export const oldKey = (contact: unknown, key: string | number | undefined): string | number | undefined => {
  if (key === "measure") return "kind"
  if (key !== "value" || !isRecord(contact)) return key
  return Object.keys(contact).find((word) => Object.hasOwn(words, word)) ?? key
}
