import { type DeviceDescriptor, newestOfKind } from "@withings-bridge/core"
import type { Attributes } from "./Plan.ts"

/**
 * One health value of the vendor cluster. Attribute ids are for ever: a value has `id`, the time it was taken
 * `id + 1` (uint32, seconds since 1970, null when unknown). Values are int32 in `unit`, null when unknown.
 */
export interface HealthAttribute {
  readonly id: number
  readonly name: string
  /** Key of the measure kind it shows. */
  readonly kind: string
  readonly unit: string
  /** Factor from the unit of the kind. */
  readonly scale: number
}

export const healthAttributes = [
  { id: 0x00, name: "weight", kind: "weight", unit: "g", scale: 1000 },
  { id: 0x02, name: "fatRatio", kind: "fat-ratio", unit: "0.1 %", scale: 10 },
  { id: 0x04, name: "muscleMass", kind: "muscle-mass", unit: "g", scale: 1000 },
  { id: 0x06, name: "boneMass", kind: "bone-mass", unit: "g", scale: 1000 },
  { id: 0x08, name: "hydration", kind: "hydration", unit: "g", scale: 1000 },
  { id: 0x0a, name: "systolic", kind: "blood-pressure-systolic", unit: "mmHg", scale: 1 },
  { id: 0x0c, name: "diastolic", kind: "blood-pressure-diastolic", unit: "mmHg", scale: 1 },
  { id: 0x0e, name: "heartRate", kind: "heart-rate", unit: "/min", scale: 1 },
  { id: 0x10, name: "spo2", kind: "spo2", unit: "0.1 %", scale: 10 },
  { id: 0x12, name: "pulseWaveVelocity", kind: "pulse-wave-velocity", unit: "mm/s", scale: 1000 },
  { id: 0x14, name: "bodyTemperature", kind: "body-temperature", unit: "0.01 °C", scale: 100 },
  { id: 0x16, name: "skinTemperature", kind: "skin-temperature", unit: "0.01 °C", scale: 100 },
  { id: 0x18, name: "visceralFat", kind: "visceral-fat", unit: "0.1", scale: 10 },
  { id: 0x1a, name: "sleepScore", kind: "sleep-score", unit: "", scale: 1 },
  { id: 0x1c, name: "sleepDuration", kind: "sleep-duration", unit: "s", scale: 1 },
  { id: 0x1e, name: "steps", kind: "steps", unit: "", scale: 1 },
] as const satisfies ReadonlyArray<HealthAttribute>

/** The newest values of a person's devices and their times, by attribute name. */
export const healthReadings = (devices: ReadonlyArray<DeviceDescriptor>): Attributes => {
  const readings: Record<string, number | null> = {}
  for (const { name, kind, scale } of healthAttributes) {
    const reading = newestOfKind(devices, kind)?.reading ?? null
    const value = reading === null || reading.stale ? null : Math.round(reading.value * scale)
    const fits = value !== null && Math.abs(value) < 2 ** 31
    readings[name] = fits ? value : null
    readings[`${name}Time`] = fits && reading !== null ? reading.at : null
  }
  return readings
}
