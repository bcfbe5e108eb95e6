import type { MeasureKind } from "./MeasureKind.ts"
import { type Unit, units } from "./Unit.ts"

interface Conversion {
  readonly unit: Unit
  readonly convert: (value: number) => number
  readonly back: (value: number) => number
  /** Decimals in addition to those of the metric value. */
  readonly moreDecimals: number
}

const times = (unit: Unit, factor: number, moreDecimals: number): Conversion => ({
  unit,
  convert: (value) => value / factor,
  back: (value) => value * factor,
  moreDecimals,
})

// Factors are exact by definition (international yard and pound agreement of 1959).
const pound = times(units.pound, 0.453_592_37, -1)
const inch = times(units.inch, 0.0254, -1)
const yard = times(units.yard, 0.9144, 0)
const mile = times(units.mile, 1609.344, 2)
const fahrenheit: Conversion = {
  unit: units.fahrenheit,
  convert: (value) => (value * 9) / 5 + 32,
  back: (value) => ((value - 32) * 5) / 9,
  moreDecimals: 0,
}

const byUnit: Readonly<Record<string, Conversion>> = { kg: pound, m: mile, Cel: fahrenheit }
const byKind: Readonly<Record<string, Conversion>> = { height: inch, "workout-pool-length": yard }

type Measured = Pick<MeasureKind, "unit" | "decimals" | "min" | "max">

/** A kind in imperial units: pounds, inches (height), yards (pool length), miles (distances), °F. null: the same unit. */
export const imperialOf = (
  kind: string,
  metric: Measured,
): (Measured & Pick<Conversion, "convert" | "back">) | null => {
  const conversion = metric.unit === null ? undefined : (byKind[kind] ?? byUnit[metric.unit.ucum])
  if (conversion === undefined) return null
  const { unit, convert, back, moreDecimals } = conversion
  return {
    unit,
    decimals: Math.max(0, metric.decimals + moreDecimals),
    min: convert(metric.min),
    max: convert(metric.max),
    convert,
    back,
  }
}
