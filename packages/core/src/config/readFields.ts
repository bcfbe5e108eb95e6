import { closest } from "./closest.ts"
import type { Fields, Given } from "../rule/fields.ts"
import { foundText } from "./foundText.ts"
import { isRecord } from "./isRecord.ts"
import type { MistakeIn } from "./MistakeIn.ts"

type Entry = Readonly<Record<string, unknown>>

/** Reports a mistake about one key of a group; null: about the group itself. */
export type TellOfKey = (key: string | null, found: string, wanted: string) => void

/** A form stores an emptied field as "" or null. */
export const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== ""

/** "; weight, probably": a suggestion to append to what is wanted. */
export const meant = (word: unknown, words: ReadonlyArray<string>): string => {
  const near = typeof word === "string" ? closest(word, words) : null
  return near === null ? "" : `; ${near}, probably`
}

/** Reads the fields of a group; null when something in it cannot be used. */
export const readFields = (
  given: Entry,
  fields: Fields,
  tell: TellOfKey,
  {
    also = [],
    ignored,
  }: { readonly also?: ReadonlyArray<string>; readonly ignored?: ReadonlySet<string> } = {},
): Entry | null => {
  const read: Record<string, unknown> = {}
  let isWhole = true
  const wrong: TellOfKey = (...what) => {
    isWhole = false
    tell(...what)
  }
  for (const [key, field] of Object.entries(fields)) {
    const value = given[key]
    if (value === undefined && field.fallback === undefined) wrong(key, "nothing", field.wanted)
    read[key] = value === undefined ? field.fallback : field.read(value)
    if (value === undefined || read[key] !== undefined) continue
    const word = field.meant?.(value) ?? null
    wrong(key, foundText(value), word === null ? field.wanted : `${word}, probably; ${field.wanted}`)
  }
  const known = [...also, ...Object.keys(fields)]
  for (const key of Object.keys(given))
    if (!known.includes(key) && !ignored?.has(key))
      wrong(key, "an unknown key", `one of ${known.join(", ")}${meant(key, Object.keys(fields))}`)
  return isWhole ? read : null
}

/** Reads a list of groups with the same fields, like beds. One with a mistake is reported and left out. */
export const readGroups = <F extends Fields>(
  list: ReadonlyArray<unknown>,
  fields: F,
  wanted: string,
): { readonly groups: ReadonlyArray<Given<F>>; readonly mistakes: ReadonlyArray<MistakeIn> } => {
  const mistakes: Array<MistakeIn> = []
  const groups: Array<Given<F>> = []
  for (const [index, entry] of list.entries()) {
    if (!isRecord(entry)) {
      mistakes.push({ at: `[${index}]`, found: foundText(entry), wanted })
      continue
    }
    const given = Object.fromEntries(Object.entries(entry).filter(([, value]) => isGiven(value)))
    const read = readFields(given, fields, (key, found, wanted) =>
      mistakes.push({ at: `[${index}].${key}`, found, wanted }),
    )
    if (read !== null) groups.push(read as Given<F>)
  }
  return { groups, mistakes }
}
