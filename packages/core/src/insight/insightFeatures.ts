import type { Feature } from "../device/Feature.ts"
import { nightHolds, type Clock } from "../device/stale.ts"
import { derivedFeature } from "../device/toFeature.ts"
import type { KindKey } from "../measure/measureKinds.ts"
import type { PastValue } from "../rule/Rule.ts"
import type { PersonPast } from "../rule/ruleStates.ts"
import { baselineBefore, unusual } from "./baseline.ts"
import { pressureClass, pressureWeek, type Guideline } from "./bloodPressure.ts"
import { baselineKinds } from "./insightKinds.ts"
import { sleepRegularity } from "./sleepRegularity.ts"
import { weeklyRate, weightTrend } from "./weightTrend.ts"

export interface InsightInput {
  /** Values of the last 90 days that are certainly the person's, of the kinds in `insightKinds`. */
  readonly past: ReadonlyArray<PersonPast>
  readonly clock: Clock
  readonly timezone: string | null
  readonly guideline: Guideline
}

/** Features computed from the last weeks of one person; none with too few values. */
export const insightFeatures = ({
  clock,
  guideline,
  past,
  timezone,
}: InsightInput): ReadonlyArray<Feature> => {
  const byKind = Map.groupBy(past, ({ kind }) => kind)
  const of = (kind: KindKey) => (byKind.get(kind) ?? []).toSorted((a, b) => a.at - b.at || a.value - b.value)
  const isOld = (at: number) => clock.now - at > nightHolds
  return [
    ...ofWeight(of("weight")),
    ...baselineKinds.flatMap((kind) => baselineFeatures(kind, of(kind), isOld)),
    ...ofNights(of("sleep-time-in-bed"), isOld),
    ...ofPressure(of, clock.now, timezone ?? "UTC", guideline),
  ]
}

type Past = ReadonlyArray<PersonPast>

const ofWeight = (weights: Past): ReadonlyArray<Feature> => {
  const points = weightTrend(weights)
  const last = points.at(-1)
  if (last === undefined) return []
  return [
    ...derivedFeature("weight-trend", last.trend, last.at, false),
    ...derivedFeature("weight-trend-rate", weeklyRate(points), last.at, false),
  ]
}

/** The usual value of a kind, and whether the newest one is usual. `values` are of that kind, newest last. */
export const baselineFeatures = (
  kind: (typeof baselineKinds)[number],
  values: ReadonlyArray<PastValue>,
  isOld: (at: number) => boolean,
): ReadonlyArray<Feature> => {
  const last = values.at(-1)
  const baseline = last === undefined ? null : baselineBefore(last.at, values)
  if (last === undefined || baseline === null) return []
  return [
    ...derivedFeature(`${kind}-usual`, baseline.median, last.at, isOld(last.at)),
    ...derivedFeature(`${kind}-unusual`, unusual(last.value, baseline), last.at, isOld(last.at)),
  ]
}

const ofNights = (nights: Past, isOld: (at: number) => boolean): ReadonlyArray<Feature> => {
  const last = nights.at(-1)
  if (last === undefined) return []
  const recent = nights.filter(({ at }) => at > last.at - 30 * 86_400)
  const regularity = sleepRegularity(recent.map(({ at, value }) => ({ from: at - value, to: at })))
  return derivedFeature("sleep-regularity", regularity, last.at, isOld(last.at))
}

const ofPressure = (
  of: (kind: KindKey) => Past,
  now: number,
  timezone: string,
  guideline: Guideline,
): ReadonlyArray<Feature> => {
  const systolic = of("blood-pressure-systolic")
  const at = systolic.findLast((value) => value.at <= now)?.at
  if (at === undefined) return []
  const { evening, mean, morning } = pressureWeek(systolic, of("blood-pressure-diastolic"), now, timezone)
  const told = (kind: KindKey, value: number | undefined) => derivedFeature(kind, value ?? null, at, false)
  return [
    ...told("blood-pressure-morning-systolic", morning?.systolic),
    ...told("blood-pressure-morning-diastolic", morning?.diastolic),
    ...told("blood-pressure-evening-systolic", evening?.systolic),
    ...told("blood-pressure-evening-diastolic", evening?.diastolic),
    ...told(`blood-pressure-class-${guideline}`, mean === null ? undefined : pressureClass(guideline, mean)),
  ]
}
