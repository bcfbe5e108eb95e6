import type { Attribution } from "../../measure/Measure.ts"

/** How a measure came to its person. 10 and 17 are in no list of Withings, yet are sent by devices. */
const attributions: Readonly<Record<number, Attribution>> = {
  0: "device",
  1: "ambiguous",
  2: "manual",
  4: "manual",
  5: "device",
  7: "device",
  8: "device",
  15: "device",
}

/** Unknown numbers are all of measures that a device took; dropping them would lose measures. */
export const attributionOf = (attrib: number): Attribution => attributions[attrib] ?? "device"
