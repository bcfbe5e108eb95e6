import type { MeasureKind } from "./MeasureKind.ts"
import { essentialKinds } from "./essential.ts"
import { activityKinds, goalKinds } from "./kinds/activity.ts"
import { bodyKinds } from "./kinds/body.ts"
import { derivedBloodPressureKinds, derivedBodyKinds, derivedGoalKinds } from "./kinds/derived.ts"
import { bloodPressureKinds, heartKinds, oxygenKinds } from "./kinds/heart.ts"
import {
  pressureInsightKinds,
  sleepInsightKinds,
  temperatureInsightKinds,
  weightInsightKinds,
} from "./kinds/insight.ts"
import { intradayKinds, nightCurveKinds } from "./kinds/intraday.ts"
import { nerveKinds } from "./kinds/nerve.ts"
import { napKinds, nightTimeKinds, sleepKinds } from "./kinds/sleep.ts"
import { environmentKinds, temperatureKinds } from "./kinds/temperature.ts"
import { urineKinds } from "./kinds/urine.ts"
import { workoutKinds } from "./kinds/workout.ts"

const tables = {
  ...bodyKinds,
  ...bloodPressureKinds,
  ...heartKinds,
  ...oxygenKinds,
  ...temperatureKinds,
  ...environmentKinds,
  ...nerveKinds,
  ...urineKinds,
  ...nightTimeKinds,
  ...sleepKinds,
  ...napKinds,
  ...nightCurveKinds,
  ...activityKinds,
  ...intradayKinds,
  ...workoutKinds,
  ...goalKinds,
  ...derivedBodyKinds,
  ...derivedBloodPressureKinds,
  ...derivedGoalKinds,
  ...weightInsightKinds,
  ...sleepInsightKinds,
  ...temperatureInsightKinds,
  ...pressureInsightKinds,
}

export type KindKey = keyof typeof tables

/** A known kind, or a type that no table knows. */
export type MeasureKey = KindKey | `meastype-${number}`

/** The whole vocabulary: every known kind of Withings, and those derived here. */
export const measureKinds = Object.fromEntries(
  Object.entries<MeasureKind>(tables).map(([key, kind]) => [
    key,
    essentialKinds.has(key) ? { ...kind, essential: true } : kind,
  ]),
) as Readonly<Record<KindKey, MeasureKind>>

const isKindKey = (key: string): key is KindKey => Object.hasOwn(tables, key)

/** A kind for an unknown key, such as "meastype-999", which is shown under its number. */
const genericKind = (key: string): MeasureKind => {
  const words = key.replaceAll(/[-_]+/g, " ").trim()
  const type = /^meastype (\S+)$/.exec(words)?.[1]
  return {
    key,
    name: type
      ? { en: `Measure of type ${type}`, fr: `Mesure de type ${type}` }
      : { en: `Measure “${words}”`, fr: `Mesure « ${words} »` },
    unit: null,
    decimals: 3,
    min: -1_000_000_000,
    max: 1_000_000_000,
    category: "other",
    nature: "value",
    positional: true,
  }
}

export const kindOf = (key: string): MeasureKind => (isKindKey(key) ? measureKinds[key] : genericKind(key))
