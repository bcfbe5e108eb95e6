import { type Unit, units } from "../Unit.ts"

/** Which numbers something can be. The range is plausible rather than possible, in the unit, inclusive. */
export interface Quantity {
  /** null for counts and scores. */
  readonly unit: Unit | null
  readonly decimals: number
  readonly min: number
  readonly max: number
}

export const quantity = (unit: Unit | null, decimals: number, min: number, max: number): Quantity => ({
  unit,
  decimals,
  min,
  max,
})

const inUnit = (unit: Unit | null, decimals: number) => (min: number, max: number) =>
  quantity(unit, decimals, min, max)

export const whole = inUnit(null, 0)
export const kilograms = inUnit(units.kilogram, 2)
export const metres = inUnit(units.metre, 0)
export const seconds = inUnit(units.second, 0)
export const milliseconds = inUnit(units.millisecond, 0)
export const celsius = inUnit(units.celsius, 1)
export const percent = inUnit(units.percent, 0)
export const kilocalories = inUnit(units.kilocalorie, 0)
export const mmHg = inUnit(units.mmHg, 0)
export const millimolesPerLitre = inUnit(units.millimolePerLitre, 2)

export const score = whole(0, 100)
export const pulse = quantity(units.beatsPerMinute, 0, 20, 250)
export const breathingRate = quantity(units.breathsPerMinute, 0, 0, 80)
export const variability = milliseconds(0, 500)
export const bodyTemperature = celsius(25, 45)
/** Of a night or a workout: two days at most. */
export const duration = seconds(0, 172_800)
