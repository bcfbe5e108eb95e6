import type { HeartSound } from "../client/Feed.ts"
import { listIn, numberIn, type Wire } from "./read.ts"

/** One byte of G.711 A-law as a signed 16-bit sample: sign, three bits of exponent, four of mantissa, every other bit inverted. */
const toSample = (byte: number): number => {
  const bits = byte ^ 0x55
  const exponent = (bits >> 4) & 7
  const mantissa = ((bits & 15) << 4) + 8
  const magnitude = exponent === 0 ? mantissa : (mantissa + 256) << (exponent - 1)
  return bits & 0x80 ? magnitude : -magnitude
}

const isByte = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255

/** Answer of stethov2 get; null when there is no sound in it. */
export const readSound = (body: Wire): HeartSound | null => {
  const signal = listIn(body, "signal")
  const samplingFrequency = numberIn(body, "frequency")
  if (signal === null || samplingFrequency === null) return null
  const bytes = signal.filter(isByte)
  if (bytes.length !== signal.length) return null
  return {
    samples: Int16Array.from(bytes, toSample),
    samplingFrequency,
    position: numberIn(body, "position"),
  }
}
