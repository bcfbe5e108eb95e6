import type { MeasureCategory, MeasureKind, Text } from "../MeasureKind.ts"
import { units, type Unit } from "../Unit.ts"

/** A row of a table of kinds: its key is the table's, its category that of the whole table. */
export type KindRow = Omit<MeasureKind, "key" | "category">

type More = Pick<MeasureKind, "loinc" | "positional" | "derived">

/** A value that stands until the next one. Range in the unit, inclusive. */
export const value = (
  en: string,
  fr: string,
  unit: Unit | null,
  decimals: number,
  [min, max]: readonly [number, number],
  more: More = {},
): KindRow => ({ name: { en, fr }, unit, decimals, min, max, nature: "value", ...more })

/** A counter that starts again each local day. */
export const counter = (
  en: string,
  fr: string,
  unit: Unit | null,
  decimals: number,
  range: readonly [number, number],
  more: More = {},
): KindRow => ({ ...value(en, fr, unit, decimals, range, more), nature: "counter" })

/** One of a few numbers, each with its meaning. */
export const verdict = (en: string, fr: string, verdicts: Readonly<Record<number, Text>>): KindRow => {
  const numbers = Object.keys(verdicts).map(Number)
  const range = [Math.min(...numbers), Math.max(...numbers)] as const
  return { ...value(en, fr, null, 0, range), nature: "verdict", verdicts }
}

/** A time of day. */
export const time = (en: string, fr: string): KindRow => ({
  ...value(en, fr, units.second, 0, [0, 86_399]),
  nature: "time",
})

export const kindTable = <K extends string>(
  category: MeasureCategory,
  rows: Readonly<Record<K, KindRow>>,
): Readonly<Record<K, MeasureKind>> => {
  const entries = Object.entries<KindRow>(rows).map(([key, row]) => [key, { key, category, ...row }])
  return Object.fromEntries(entries) as Record<K, MeasureKind>
}
