import { bodyMassIndex, changeOver, daysSince, distanceToGoal } from "../measure/derived.ts"
import type { Measure } from "../measure/Measure.ts"
import type { KindKey } from "../measure/measureKinds.ts"
import type { Feature } from "./Feature.ts"
import { newest } from "./latest.ts"
import { isStale, type Clock } from "./stale.ts"
import { derivedFeature } from "./toFeature.ts"

/** Body mass index, by the person's newest height, and changes over time, at the device that took the weight. */
export const derivedOfWeight = (
  weight: Measure | undefined,
  all: ReadonlyArray<Measure>,
  history: ReadonlyArray<Pick<Measure, "at" | "value">>,
): ReadonlyArray<Feature> => {
  if (weight === undefined) return []
  const height = newestOf("height", all)
  const until = [weight, ...history.filter(({ at }) => at < weight.at)]
  const bmi = height === null ? null : bodyMassIndex(weight.value, height.value)
  return [
    ...derivedFeature("bmi", bmi, weight.at, false),
    ...derivedFeature("weight-change-7-days", changeOver(until, 7), weight.at, false),
    ...derivedFeature("weight-change-30-days", changeOver(until, 30), weight.at, false),
  ]
}

const newestOf = (kind: KindKey, measures: ReadonlyArray<Measure>): Measure | null =>
  newest(measures.filter((measure) => measure.kind === kind))

const goals = [
  ["steps-to-goal", "steps", "goal-steps"],
  ["sleep-to-goal", "sleep-duration", "goal-sleep"],
  ["weight-to-goal", "weight", "goal-weight"],
] as const

const waits = [
  ["days-since-weight", "weight"],
  ["days-since-blood-pressure", "blood-pressure-systolic"],
] as const

/** The distance to each goal, and the days since the last measure. */
export const derivedOfPerson = (measures: ReadonlyArray<Measure>, clock: Clock): ReadonlyArray<Feature> => [
  ...goals.flatMap(([derived, kind, goalKind]) => {
    const [value, goal] = [newestOf(kind, measures), newestOf(goalKind, measures)]
    if (value === null || goal === null) return []
    return derivedFeature(derived, distanceToGoal(value.value, goal.value), value.at, isStale(value, clock))
  }),
  ...waits.flatMap(([derived, kind]) => {
    const last = newestOf(kind, measures)
    if (last === null) return []
    const days = daysSince(last.at, clock.now)
    // The moment at which the number of days last changed.
    return derivedFeature(derived, days, last.at + days * 86_400, false)
  }),
]
