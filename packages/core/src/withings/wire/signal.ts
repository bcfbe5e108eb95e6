import type { EcgSignal } from "../client/Feed.ts"
import { listIn, numberIn, type Wire } from "./read.ts"

/** Answer of heart get; null when there is no curve in it. */
export const readSignal = (body: Wire): EcgSignal | null => {
  const signal = listIn(body, "signal")
  const samplingFrequency = numberIn(body, "sampling_frequency")
  if (signal === null || samplingFrequency === null) return null
  const microvolts = signal.filter((sample) => typeof sample === "number")
  if (microvolts.length !== signal.length) return null
  return { microvolts, samplingFrequency, position: numberIn(body, "wearposition") }
}
