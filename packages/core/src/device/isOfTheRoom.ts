import type { DeviceDescriptor } from "./DeviceDescriptor.ts"
import type { Feature } from "./Feature.ts"

/** Withings calls the air around a scale and the skin under a thermometer alike "temperature". */
export const isOfTheRoom = ({ deviceClass }: DeviceDescriptor, { category, kind }: Feature): boolean =>
  category === "environment" || (kind === "temperature" && deviceClass === "scale")
