import type { Unit } from "./Unit.ts"

/** What can be measured: one row of the vocabulary, the same for every home. */
export interface MeasureKind {
  /** Stable name in the store, in exports and in every app: "weight", "heart-rate", "sleep-score". */
  readonly key: string
  readonly name: Text
  /** null for counts, scores and verdicts. */
  readonly unit: Unit | null
  readonly decimals: number
  /** Plausible range in that unit, inclusive: what a home is told as min and max. */
  readonly min: number
  readonly max: number
  readonly category: MeasureCategory
  readonly nature: MeasureNature
  /** Meaning of each number of a verdict. */
  readonly verdicts?: Readonly<Record<number, Text>>
  /** LOINC code where one exists. */
  readonly loinc?: string
  /** Told separately for several places of the body: each position is a reading of its own. */
  readonly positional?: true
  /** One of the values that people look at: see `measure/essential.ts`. */
  readonly essential?: true
  /** Worked out here from other measures; Withings never sends it. */
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
 * A value stands until the next one; a counter starts again each day; a verdict is one of a few numbers; a time is one
 * of day, in seconds since midnight where the person was.
 */
export type MeasureNature = "value" | "counter" | "verdict" | "time"
