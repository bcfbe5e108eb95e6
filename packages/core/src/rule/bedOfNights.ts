import { inBedFeature } from "../device/toFeature.ts"
import type { Measure } from "../measure/Measure.ts"
import type { Known, Rule } from "./Rule.ts"

export const timeInBed = "sleep-time-in-bed"

/** The store has the current presence of a bed, but of the past only nights. */
export const looksAtBeds = ({ when }: Pick<Rule, "when">): boolean =>
  when === "in-bed-longer-than-hours" || when === "not-in-bed-by"

/** End of the last night, epoch seconds; null without nights. */
export const endOfNights = (nights: ReadonlyArray<Measure>): number | null =>
  nights.reduce<number | null>((last, { at }) => (last === null || at > last ? at : last), null)

/** The presence at a moment, with each night as one stretch; none before the first night. */
export const bedOfNights = (nights: ReadonlyArray<Measure>, moment: number): ReadonlyArray<Known> => {
  const lain = nights.find(({ at, value }) => at - value <= moment && moment < at)
  const at =
    lain === undefined ? endOfNights(nights.filter((night) => night.at <= moment)) : lain.at - lain.value
  if (at === null) return []
  const reading = { value: lain === undefined ? 0 : 1, at, stale: false }
  return [{ ...inBedFeature(reading), reading }]
}
