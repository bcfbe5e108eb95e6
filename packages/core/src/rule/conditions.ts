import { changeOver } from "../measure/derived.ts"
import { timeOfDay } from "../measure/timeOfDay.ts"
import {
  aGoal,
  aMeasure,
  aNumber,
  anInsight,
  aTime,
  hysteresis,
  optional,
  someNumbers,
  someVerdicts,
  type Fields,
  type Given,
} from "./fields.ts"
import type { Facts, Known } from "./Rule.ts"

/**
 * A condition of rules, the same in every home. `above` is more than, `below` is less than, `between` includes both ends.
 * Values are compared as shown, rounded to the decimals of their kind. With a stale reading (yesterday's steps) a
 * condition is false; without a reading it is null.
 */
export interface Condition {
  readonly fields: Fields
  readonly test: (given: Readonly<Record<string, unknown>>, facts: Facts, held: boolean) => boolean | null
}

const day = 86_400
const hour = 3600

const condition = <F extends Fields>(
  fields: F,
  test: (given: Given<F>, facts: Facts, held: boolean) => boolean | null,
): Condition => ({
  fields,
  // `readRules` has read each field by its reader.
  test: (given, facts, held) => test(given as Given<F>, facts, held),
})

/** The newest reading of a feature on any of the person's devices. */
const newest = ({ features }: Facts, key: string): Known | undefined =>
  features.find((feature) => feature.key === key)

const shown = ({ decimals, reading }: Known): number => Number(reading.value.toFixed(decimals))

/** A bound in the measure's unit, or the newest reading of another measure. */
const boundOf = (facts: Facts, bound: number | string): number | null => {
  if (typeof bound === "number") return bound
  const found = newest(facts, bound)
  return found === undefined ? null : shown(found)
}

/** Whether the current value of a measure passes; false for a stale one. */
const currently = (facts: Facts, key: string, passes: (value: number) => boolean): boolean | null => {
  const found = newest(facts, key)
  return found === undefined ? null : !found.reading.stale && passes(shown(found))
}

const compared = (
  facts: Facts,
  { measure, value }: { readonly measure: string; readonly value: number | string },
  passes: (value: number, bound: number) => boolean,
): boolean | null => {
  const bound = boundOf(facts, value)
  return bound === null ? null : currently(facts, measure, (now) => passes(now, bound))
}

/** "Positive" among Withings' verdicts: without a heart rate, and with a normal or high one. */
const positive: ReadonlySet<number> = new Set([1, 11, 12])

const presence = ({ features }: Facts): Known | undefined =>
  features.find(({ key, reading }) => key === "in-bed" && reading.value === 1 && !reading.stale) ??
  features.find(({ key }) => key === "in-bed")

const goals: Readonly<Record<string, string>> = {
  weight: "goal-weight",
  steps: "goal-steps",
  "sleep-duration": "goal-sleep",
}

const noon = 12 * hour

export const conditions = {
  above: condition({ measure: aMeasure, value: someNumbers, hysteresis }, (given, facts, held) =>
    compared(facts, given, (value, bound) => value > (held ? bound - given.hysteresis : bound)),
  ),
  below: condition({ measure: aMeasure, value: someNumbers, hysteresis }, (given, facts, held) =>
    compared(facts, given, (value, bound) => value < (held ? bound + given.hysteresis : bound)),
  ),
  between: condition(
    { measure: aMeasure, value: aNumber, to: aNumber, hysteresis },
    ({ hysteresis, measure, to, value: from }, facts, held) => {
      const margin = held ? hysteresis : 0
      return currently(facts, measure, (value) => value >= from - margin && value <= to + margin)
    },
  ),
  is: condition({ measure: aMeasure, value: someVerdicts }, ({ measure, value: verdicts }, facts) =>
    currently(facts, measure, (value) => verdicts.includes(value)),
  ),
  // A weight goal is approached from above, every other goal from below.
  "goal-reached": condition({ measure: aGoal }, ({ measure }, facts) =>
    compared(facts, { measure, value: goals[measure] ?? "" }, (value, goal) =>
      measure === "weight" ? value <= goal : value >= goal,
    ),
  ),
  // In either direction: see `changeOver`.
  "changed-by": condition(
    { measure: aMeasure, value: aNumber, days: aNumber, hysteresis },
    ({ days, hysteresis, measure, value }, facts, held) => {
      const found = newest(facts, measure)
      if (found === undefined) return null
      if (found.reading.stale || facts.now - found.reading.at > days * day) return false
      const change = changeOver([found.reading, ...facts.past(measure)], days)
      return change === null
        ? null
        : Math.abs(Number(change.toFixed(found.decimals))) > (held ? value - hysteresis : value)
    },
  ),
  "no-measure-for-days": condition(
    { measure: optional(aMeasure), value: aNumber },
    ({ measure, value: days }, { features, now }) => {
      const last = features.find(({ key, nature }) =>
        measure === null ? nature === "measured" : key === measure,
      )
      return last === undefined ? null : now - last.reading.at > days * day
    },
  ),
  "afib-found": condition({}, (_, facts) => {
    const verdicts = ["afib-ecg", "afib-ppg"].flatMap((key) => newest(facts, key) ?? [])
    return verdicts.length === 0 ? null : verdicts.some(({ reading }) => positive.has(reading.value))
  }),
  "in-bed-longer-than-hours": condition({ value: aNumber }, ({ value: hours }, facts) => {
    const bed = presence(facts)?.reading
    return bed === undefined ? null : bed.value === 1 && !bed.stale && facts.now - bed.at > hours * hour
  }),
  // From that time of the evening or night until noon, unless the person has been in bed since.
  "not-in-bed-by": condition({ time: aTime }, ({ time }, facts) => {
    const bed = presence(facts)?.reading
    const clock = timeOfDay(facts.now, facts.person.timezone ?? "UTC")
    if (bed === undefined || clock === null) return null
    const past = (clock - time + day) % day
    const isTime = past < ((noon - time + day) % day || day)
    const wasInBed = bed.value === 1 ? !bed.stale : bed.at > facts.now - past
    return isTime && !wasInBed
  }),
  "short-night": condition({ value: aNumber }, ({ value: hours }, facts) =>
    currently(facts, "sleep-duration", (seconds) => seconds < hours * hour),
  ),
  "sign-in-needed": condition({}, (_, { person }) => person.standing.state === "needs-sign-in"),
  "battery-low": condition({}, (_, { features }) => {
    const batteries = features.filter(({ nature }) => nature === "battery")
    return batteries.length === 0 ? null : batteries.some(({ reading }) => reading.value === 1)
  }),
  // Outside of the person's usual range: see `insight/baseline.ts`.
  unusual: condition({ measure: optional(anInsight) }, ({ measure }, { features }) => {
    const verdicts = features.filter(
      ({ key }) => key.endsWith("-unusual") && (measure === null || key === `${measure}-unusual`),
    )
    return verdicts.length === 0
      ? null
      : verdicts.some(({ reading }) => !reading.stale && reading.value !== 0)
  }),
} as const satisfies Record<string, Condition>

export type ConditionName = keyof typeof conditions

export const isCondition = (name: unknown): name is ConditionName =>
  typeof name === "string" && Object.hasOwn(conditions, name)
