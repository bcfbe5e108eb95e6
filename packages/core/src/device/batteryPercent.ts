import type { BatteryLevel } from "../measure/Device.ts"

/** The number that a battery reading carries. */
export const batteryValue: Readonly<Record<BatteryLevel, number>> = { high: 3, medium: 2, low: 1 }

/**
 * A percentage for homes that know no words: Withings' high is over 75 %, medium over 30 %, low below. Each word
 * gives a number inside its own band; high is told as full, since nothing more can be known. null for no such value.
 */
export const batteryPercent = (value: number): number | null => percents[value] ?? null

const percents: Readonly<Record<number, number>> = { 3: 100, 2: 50, 1: 20 }
