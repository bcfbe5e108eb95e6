import type { MeasureCategory, MeasureNature, Text } from "../measure/MeasureKind.ts"
import type { Unit } from "../measure/Unit.ts"
import type { Reading } from "./Reading.ts"

/** One thing that a device tells about a person: a value, a counter, a verdict, presence, battery, or "just measured". */
export interface Feature {
  /** Unique within its descriptor and stable: "weight", "muscle-mass@12" (a position), "in-bed", "battery", "measured". */
  readonly key: string
  /** Key of its MeasureKind; for presence, battery and measured the same as `key`. */
  readonly kind: string
  readonly nature: FeatureNature
  readonly category: MeasureCategory | "device"
  readonly name: Text
  readonly unit: Unit | null
  readonly decimals: number
  readonly min: number
  readonly max: number
  readonly verdicts?: Readonly<Record<number, Text>>
  /** Worked out by the bridge from other measures; Withings never sends it. */
  readonly derived?: true
  /** One of the about a dozen values of its device that people look at. The others are shown when all are wanted. */
  readonly essential?: true
  /** null: not known yet. Never an invented zero. */
  readonly reading: Reading | null
  /** Presence only: what homes show, which is the household's choice while nothing is known; null: shown as unknown. */
  readonly shown?: Reading | null
}

/**
 * `rule` is 1 while a rule of the household holds, 0 while it does not: a contact in homes that know contacts.
 * `measured` is the event "a measure was just taken on this device"; its moments come as {@link MeasuredEvent}.
 */
export type FeatureNature = MeasureNature | "presence" | "battery" | "measured" | "rule"
