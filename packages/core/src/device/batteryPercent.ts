import type { BatteryLevel } from "../measure/Device.ts"

/** The value of a battery reading. */
export const batteryValue: Readonly<Record<BatteryLevel, number>> = { high: 3, medium: 2, low: 1 }

/** A percentage for homes without levels, within Withings' band: high is over 75 %, medium over 30 %, low below. */
export const batteryPercent = (value: number): number | null => percents[value] ?? null

const percents: Readonly<Record<number, number>> = { 3: 100, 2: 50, 1: 20 }
