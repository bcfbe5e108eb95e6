import type { Unit } from "./Unit.ts"

/** One row of the vocabulary: something that can be measured. */
export interface MeasureKind {
  /** Stable name in the store, in exports and in every app: "weight", "heart-rate", "sleep-score". */
  readonly key: string
  readonly name: Text
  /** null for counts, scores and verdicts. */
  readonly unit: Unit | null
  readonly decimals: number
  /** Plausible range in that unit, inclusive. */
  readonly min: number
  readonly max: number
  readonly category: MeasureCategory
  readonly nature: MeasureNature
  /** Meaning of each number of a verdict. */
  readonly verdicts?: Readonly<Record<number, Text>>
  /** LOINC code where one exists. */
  readonly loinc?: string
  /** Measured at several places of the body, each with its own reading. */
  readonly positional?: true
  /** See `measure/essential.ts`. */
  readonly essential?: true
  /** Computed from other measures; Withings never sends it. */
  readonly derived?: true
}

/** The languages of names that homes show. */
export const languages = ["en", "fr"] as const
export type Language = (typeof languages)[number]

export interface Text {
  readonly en: string
  readonly fr: string
}

export type MeasureCategory =
  | "body"
  | "blood-pressure"
  | "heart"
  | "temperature"
  | "oxygen"
  | "nerve"
  | "urine"
  | "sleep"
  | "activity"
  | "workout"
  | "environment"
  | "goal"
  | "other"

/**
 * A value is valid until the next one; a counter restarts each day; a verdict is one of a few numbers; a time is in
 * seconds since local midnight.
 */
export type MeasureNature = "value" | "counter" | "verdict" | "time"
