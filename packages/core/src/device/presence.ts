import { bedMoveKey, napKey } from "../measure/kinds/sleep.ts"
import type { Measure } from "../measure/Measure.ts"
import type { Presence } from "../measure/Presence.ts"

/**
 * The presences that follow from nights: the last move into or out of bed, if the night has one. Otherwise the bed is
 * empty at the night's end, because a night is uploaded when it is over.
 */
export const presencesOfNights = (measures: ReadonlyArray<Measure>): ReadonlyArray<Presence> => {
  const nights = measures.filter(({ source }) => source === "night")
  const told = new Set(nights.filter(isBedMove).map(({ group }) => group))
  return nights.flatMap((measure): ReadonlyArray<Presence> => {
    const { personId, deviceId, group, at } = measure
    if (deviceId === null) return []
    if (isBedMove(measure)) return [{ personId, deviceId, inBed: measure.value === 1, at, source: "night" }]
    return told.has(group) ? [] : [{ personId, deviceId, inBed: false, at, source: "night" }]
  })
}

const isBedMove = ({ kind }: Measure): boolean => kind === bedMoveKey || kind === napKey(bedMoveKey)

/**
 * The current presence of a mat: the newest by the time of the change itself, so that a late webhook does not undo a
 * newer one. At the same time, the corrected data of a night beats a webhook, and "out of bed" beats "in bed".
 */
export const holdingPresence = (told: ReadonlyArray<Presence>): Presence | null =>
  told.reduce<Presence | null>((held, next) => (held === null || outranks(next, held) ? next : held), null)

const outranks = (a: Presence, b: Presence): boolean => {
  if (a.at !== b.at) return a.at > b.at
  if (a.source !== b.source) return a.source === "night"
  return b.inBed && !a.inBed
}
