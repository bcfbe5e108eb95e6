import type { MeasureCategory, MeasureNature, Text } from "../measure/MeasureKind.ts"
import type { Unit } from "../measure/Unit.ts"
import type { Reading } from "./Reading.ts"

/** One value of a device: a number, a counter, a verdict, presence, battery, or "just measured". */
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
  /** Computed by the bridge from other measures. */
  readonly derived?: true
  /** One of the dozen values of its device that homes show unless all are wanted: see `measure/essential.ts`. */
  readonly essential?: true
  /** null: not known yet. Never an invented zero. */
  readonly reading: Reading | null
  /** Presence only: what homes show, by the setting `bed_unknown` while nothing is known; null: unknown. */
  readonly shown?: Reading | null
}

/** `rule` is 1 while a rule holds. `measured` is the event "just measured"; see {@link MeasuredEvent}. */
export type FeatureNature = MeasureNature | "presence" | "battery" | "measured" | "rule"
