import { bedUnknowns, type OwnBed } from "../rule/BedChoices.ts"
import { aText, aWord, type Field, type Given, optional } from "../rule/fields.ts"
import { isRecord } from "./isRecord.ts"
import type { MistakeIn } from "./MistakeIn.ts"
import { readGroups } from "./readFields.ts"
import { groupsShape } from "./fieldShape.ts"
import { shaped, wholeNumber } from "./readers.ts"

const aDelay: Field<number | null> = optional({
  input: "number",
  wanted: "a whole number of seconds, 0 to 3600",
  read: wholeNumber(0, 3600),
})

const fields = {
  bed: { ...aText, wanted: 'a person, the name of a device, or "anyone"' },
  occupied_after: aDelay,
  clear_after: aDelay,
  unknown: optional(aWord(bedUnknowns)),
}
const wantedEntry = "a bed, like {bed: Ann, occupied_after: 60, clear_after: 300, unknown: last}"

/** The list of beds under `beds`; JSON in the environment. undefined: something in it is wrong. */
export const ownBeds = shaped<ReadonlyArray<OwnBed>>(groupsShape(fields), (value) => {
  const list = listIn(value)
  return list === null || bedMistakes(value).length > 0
    ? undefined
    : readGroups(list, fields, wantedEntry).groups.map(toOwnBed)
})

const toOwnBed = ({ bed, clear_after, occupied_after, unknown }: Given<typeof fields>): OwnBed => ({
  bed,
  ...(occupied_after === null ? {} : { occupiedAfter: occupied_after }),
  ...(clear_after === null ? {} : { clearAfter: clear_after }),
  ...(unknown === null ? {} : { unknown }),
})

/** What is wrong in the list. That it is no list is reported for the whole setting. */
export const bedMistakes = (value: unknown): ReadonlyArray<MistakeIn> => {
  const list = listIn(value) ?? []
  const named = list.map((entry) => (isRecord(entry) ? aText.read(entry["bed"]) : undefined))
  const twice = named.flatMap((name, index) =>
    name !== undefined && named.indexOf(name) < index
      ? [{ at: `[${index}].bed`, found: JSON.stringify(name), wanted: "a bed that no other entry is for" }]
      : [],
  )
  return [...readGroups(list, fields, wantedEntry).mistakes, ...twice]
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
