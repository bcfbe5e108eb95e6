import type { Attribution } from "../../measure/Measure.ts"

/** Withings' `attrib` where it is not `device`. Devices also send 10 and 17, which are in no list of Withings. */
const attributions: Readonly<Record<number, Attribution>> = { 1: "ambiguous", 2: "manual", 4: "manual" }

/** How a measure came to its person. Unknown numbers have only been seen on measures of devices. */
export const attributionOf = (attrib: number): Attribution => attributions[attrib] ?? "device"
