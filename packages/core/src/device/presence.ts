import type { Measure } from "../measure/Measure.ts"
import type { Presence } from "../measure/Presence.ts"

/** A night is uploaded when it is over: whoever lay on the mat has left the bed by its end. */
export const presenceAfterNight = ({ personId, deviceId, source, at }: Measure): Presence | null =>
  source === "night" && deviceId !== null ? { personId, deviceId, inBed: false, at, source: "night" } : null

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
