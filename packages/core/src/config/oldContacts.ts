import { isRecord } from "./isRecord.ts"

/** How `matter.contacts`, the rules of before there were rules for all homes, called each condition. */
const words = { above: "above", below: "below", is: "is", silent_for_days: "no-measure-for-days" } as const

/** An old contact as a rule; what cannot be understood is left for the reader of rules to tell. */
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

/** The key of an old contact that a key of the rule made of it comes from. */
export const oldKey = (contact: unknown, key: string | number | undefined): string | number | undefined => {
  if (key === "measure") return "kind"
  if (key !== "value" || !isRecord(contact)) return key
  return Object.keys(contact).find((word) => Object.hasOwn(words, word)) ?? key
}
