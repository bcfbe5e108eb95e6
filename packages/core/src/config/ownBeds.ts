import { bedUnknowns, type OwnBed } from "../rule/BedChoices.ts"
import { foundText } from "./foundText.ts"
import { isRecord } from "./isRecord.ts"
import { oneOf, wholeNumber, word } from "./readers.ts"
import type { MistakeIn } from "./MistakeIn.ts"

/** What may be said of one bed: how to read it, and what is wanted. */
const fields = {
  bed: {
    wanted: 'a person, the name of a device, or "anyone"',
    read: word,
  },
  occupied_after: { wanted: "a whole number of seconds, 0 to 3600", read: wholeNumber(0, 3600) },
  clear_after: { wanted: "a whole number of seconds, 0 to 3600", read: wholeNumber(0, 3600) },
  unknown: { wanted: `one of ${bedUnknowns.join(", ")}`, read: oneOf(bedUnknowns) },
}
const keys = Object.keys(fields)
const isField = (key: string): key is keyof typeof fields => Object.hasOwn(fields, key)
const wantedEntry = "a bed, like {bed: Ann, occupied_after: 60, clear_after: 300, unknown: last}"

/** The list of beds under `beds`; in the environment it is JSON. undefined: something in it is wrong. */
export const ownBeds = (value: unknown): ReadonlyArray<OwnBed> | undefined => {
  const list = listIn(value)
  return list === null || bedMistakes(value).length > 0 ? undefined : list.map(toOwnBed)
}

const toOwnBed = (entry: unknown): OwnBed => {
  const given = isRecord(entry) ? entry : {}
  const occupiedAfter = fields.occupied_after.read(given["occupied_after"])
  const clearAfter = fields.clear_after.read(given["clear_after"])
  const unknown = fields.unknown.read(given["unknown"])
  return {
    bed: fields.bed.read(given["bed"]) ?? "",
    ...(occupiedAfter === undefined ? {} : { occupiedAfter }),
    ...(clearAfter === undefined ? {} : { clearAfter }),
    ...(unknown === undefined ? {} : { unknown }),
  }
}

/** What is wrong in the list; none when it is no list, which is told of the setting as a whole. */
export const bedMistakes = (value: unknown): ReadonlyArray<MistakeIn> => {
  const list = listIn(value) ?? []
  const named = list.map((entry) => (isRecord(entry) ? word(entry["bed"]) : undefined))
  return list.flatMap((entry, index) => [
    ...mistakesOfEntry(entry, index),
    ...(named[index] !== undefined && named.indexOf(named[index]) < index
      ? [
          {
            at: `[${index}].bed`,
            found: JSON.stringify(named[index]),
            wanted: "a bed that no other entry is for",
          },
        ]
      : []),
  ])
}

const mistakesOfEntry = (entry: unknown, index: number): ReadonlyArray<MistakeIn> => {
  if (!isRecord(entry)) return [{ at: `[${index}]`, found: foundText(entry), wanted: wantedEntry }]
  const wrong = Object.entries(entry).flatMap(([key, value]): ReadonlyArray<MistakeIn> => {
    const at = `[${index}].${key}`
    if (!isField(key)) return [{ at, found: "an unknown key", wanted: `one of ${keys.join(", ")}` }]
    const { read, wanted } = fields[key]
    return read(value) === undefined ? [{ at, found: foundText(value), wanted }] : []
  })
  return "bed" in entry
    ? wrong
    : [...wrong, { at: `[${index}].bed`, found: "nothing", wanted: fields.bed.wanted }]
}

const listIn = (value: unknown): ReadonlyArray<unknown> | null => {
  const list = typeof value === "string" ? parsed(value) : value
  return Array.isArray(list) ? list : null
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
