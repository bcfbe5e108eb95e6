import type { Device } from "../measure/Device.ts"
import type { DeviceClass } from "./DeviceDescriptor.ts"

/** By Withings' device type, which decides first: models come and go, types stay. */
const byType: Readonly<Record<string, DeviceClass>> = {
  scale: "scale",
  "blood pressure monitor": "blood-pressure-monitor",
  "sleep monitor": "sleep-monitor",
  "smart connected thermometer": "thermometer",
  "activity tracker": "activity-tracker",
  babyphone: "other",
  gateway: "other",
  iglucose: "other",
  "healthkit apple": "other",
  "healthkit google": "other",
  "healthkit huawei": "other",
  lingo: "other",
}

/** By model, for unknown types. 13 to 16 and 20 are undocumented, but exist in the field. */
const byModelId: ReadonlyArray<readonly [DeviceClass, ReadonlyArray<number>]> = [
  ["scale", [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20]],
  ["blood-pressure-monitor", [41, 42, 43, 44, 45, 46, 47, 48]],
  ["activity-tracker", [51, 52, 53, 54, 55, 58, 59, 90, 91, 92, 93, 94, 95]],
  ["sleep-monitor", [60, 61, 63]],
  ["thermometer", [70, 71]],
]

export const deviceClassOf = ({ type, modelId }: Pick<Device, "type" | "modelId">): DeviceClass =>
  byType[type.trim().toLowerCase()] ??
  byModelId.find(([, ids]) => modelId !== null && ids.includes(modelId))?.[0] ??
  "other"
