import { bedMoveKey, napKey } from "../measure/kinds/sleep.ts"
import type { Measure } from "../measure/Measure.ts"
import type { Presence } from "../measure/Presence.ts"

/**
 * What nights tell of their bed: the last move into or out of it, where it was seen. Of other nights only this is
 * known: they are uploaded when they are over, so that whoever lay on the mat has left it by the end.
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
 * The presence that holds among all that was told of one mat: the newest, by the moment of the change itself, so
 * that a webhook that comes late does not undo what came after it. At the same moment the night's data, which was
 * looked at again, beats a webhook, and "out of bed" beats "in bed".
 */
export const holdingPresence = (told: ReadonlyArray<Presence>): Presence | null =>
  told.reduce<Presence | null>((held, next) => (held === null || outranks(next, held) ? next : held), null)

const outranks = (a: Presence, b: Presence): boolean => {
  if (a.at !== b.at) return a.at > b.at
  if (a.source !== b.source) return a.source === "night"
  return b.inBed && !a.inBed
}
