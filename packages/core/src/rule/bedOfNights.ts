import { inBedFeature } from "../device/toFeature.ts"
import type { Measure } from "../measure/Measure.ts"
import type { Known, Rule } from "./Rule.ts"

/** The kind that tells how long someone lay in bed. */
export const timeInBed = "sleep-time-in-bed"

/** The store keeps where each bed stands now, and of the past its nights. */
export const looksAtBeds = ({ when }: Pick<Rule, "when">): boolean =>
  when === "in-bed-longer-than-hours" || when === "not-in-bed-by"

/** Until when nights tell of a bed: the end of the last one, epoch seconds; null without nights. */
export const endOfNights = (nights: ReadonlyArray<Measure>): number | null =>
  nights.reduce<number | null>((last, { at }) => (last === null || at > last ? at : last), null)

/** The bed at a moment, each night being one stretch up to its end; none before the first night. */
export const bedOfNights = (nights: ReadonlyArray<Measure>, moment: number): ReadonlyArray<Known> => {
  const lain = nights.find(({ at, value }) => at - value <= moment && moment < at)
  const at =
    lain === undefined ? endOfNights(nights.filter((night) => night.at <= moment)) : lain.at - lain.value
  if (at === null) return []
  const reading = { value: lain === undefined ? 0 : 1, at, stale: false }
  return [{ ...inBedFeature(reading), reading }]
}
