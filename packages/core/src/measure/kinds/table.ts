import type { MeasureCategory, MeasureKind, Text } from "../MeasureKind.ts"
import { type Quantity, seconds, whole } from "./quantities.ts"

export type KindRow = Omit<MeasureKind, "key" | "category">

type More = Pick<MeasureKind, "loinc" | "positional" | "derived">

export const value = (en: string, fr: string, quantity: Quantity, more: More = {}): KindRow => ({
  name: { en, fr },
  ...quantity,
  nature: "value",
  ...more,
})

export const counter = (...row: Parameters<typeof value>): KindRow => ({
  ...value(...row),
  nature: "counter",
})

export const verdict = (en: string, fr: string, verdicts: Readonly<Record<number, Text>>): KindRow => {
  const numbers = Object.keys(verdicts).map(Number)
  const range = whole(Math.min(...numbers), Math.max(...numbers))
  return { ...value(en, fr, range), nature: "verdict", verdicts }
}

/** A time of day. */
export const time = (en: string, fr: string): KindRow => ({
  ...value(en, fr, seconds(0, 86_399)),
  nature: "time",
})

export const kindTable = <K extends string>(
  category: MeasureCategory,
  rows: Readonly<Record<K, KindRow>>,
): Readonly<Record<K, MeasureKind>> => {
  const entries = Object.entries<KindRow>(rows).map(([key, row]) => [key, { key, category, ...row }])
  return Object.fromEntries(entries) as Record<K, MeasureKind>
}
