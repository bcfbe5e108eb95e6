import type { Feature, Unit } from "@withings-bridge/core"
import { preferences, type Preferences } from "./preferences.ts"

/** How a unit is shown: `shown = value × factor + offset`. */
interface Conversion {
  readonly unit: Unit
  readonly factor: number
  readonly offset?: number
  readonly decimals: number
}

const poundsPerKilogram = 1 / 0.453_592_37
const metresPerFoot = 0.3048
const metresPerMile = 1609.344
const kilopascalPerMmHg = 0.133_322

export const stone: Unit = { ucum: "[stone_av]", symbol: "st" }
export const foot: Unit = { ucum: "[ft_i]", symbol: "ft" }
export const poundsPerStone = 14
export const inchesPerFoot = 12

const pound: Conversion = {
  unit: { ucum: "[lb_av]", symbol: "lb" },
  factor: poundsPerKilogram,
  decimals: 1,
}

/** Shown in stones where stones are preferred; body composition and changes are then in pounds. */
const weights: ReadonlySet<string> = new Set(["weight", "goal-weight", "weight-trend"])

const mass = (kind: string, { mass: chosen }: Preferences): Conversion | null => {
  if (chosen === "kg") return null
  if (chosen === "lb" || !weights.has(kind)) return pound
  return { unit: stone, factor: poundsPerKilogram / poundsPerStone, decimals: 2 }
}

const length = (kind: string, { length: chosen }: Preferences): Conversion | null => {
  if (kind === "height")
    return chosen === "metric"
      ? { unit: { ucum: "cm", symbol: "cm" }, factor: 100, decimals: 0 }
      : { unit: foot, factor: 1 / metresPerFoot, decimals: 2 }
  if (chosen === "metric") return null
  return { unit: { ucum: "[mi_i]", symbol: "mi" }, factor: 1 / metresPerMile, decimals: 2 }
}

const conversions: Readonly<Record<string, (kind: string, preferences: Preferences) => Conversion | null>> = {
  kg: mass,
  m: length,
  Cel: (_, { temperature }) =>
    temperature === "celsius"
      ? null
      : { unit: { ucum: "[degF]", symbol: "°F" }, factor: 1.8, offset: 32, decimals: 1 },
  "mm[Hg]": (_, { pressure }) =>
    pressure === "mmHg"
      ? null
      : { unit: { ucum: "kPa", symbol: "kPa" }, factor: kilopascalPerMmHg, decimals: 1 },
}

type Measured = Pick<Feature, "kind" | "unit">

const conversionOf = ({ kind, unit }: Measured): Conversion | null =>
  unit === null ? null : (conversions[unit.ucum]?.(kind, preferences.get()) ?? null)

/** A value of a feature, in the unit that the reader prefers. */
export const shownValue = (feature: Measured, value: number): number => {
  const conversion = conversionOf(feature)
  return conversion === null ? value : value * conversion.factor + (conversion.offset ?? 0)
}

/** The feature in the unit that the reader prefers, as {@link shownValue} gives its values. */
export const shownFeature = (feature: Feature): Feature => {
  const conversion = conversionOf(feature)
  if (conversion === null) return feature
  const [min, max] = [shownValue(feature, feature.min), shownValue(feature, feature.max)]
  const reading =
    feature.reading === null
      ? null
      : { ...feature.reading, value: shownValue(feature, feature.reading.value) }
  return { ...feature, unit: conversion.unit, decimals: conversion.decimals, min, max, reading }
}

/** A difference of values in the shown unit, without the unit's offset: 1 °C more is 1.8 °F more, not 33.8 °F. */
export const shownDifference = (feature: Feature, by: number): { feature: Feature; by: number } => {
  const plain = { ...feature, kind: "difference" }
  const conversion = conversionOf(plain)
  if (conversion === null) return { feature: plain, by }
  return {
    feature: { ...plain, unit: conversion.unit, decimals: conversion.decimals },
    by: by * conversion.factor,
  }
}

/** Axis steps for units that are not decimal; null: the usual ones. */
export const stepsOf = ({ unit }: Pick<Feature, "unit">): Array<number> | null => {
  if (unit?.ucum === stone.ucum) return [1 / poundsPerStone, 0.25, 0.5, 1, 2, 5, 10]
  if (unit?.ucum === foot.ucum) return [1 / inchesPerFoot, 0.25, 0.5, 1, 2]
  if (unit?.ucum === "s") return [60, 300, 900, 1800, 3600, 7200, 10_800, 14_400, 21_600]
  return null
}
