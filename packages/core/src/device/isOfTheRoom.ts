import type { DeviceDescriptor } from "./DeviceDescriptor.ts"
import type { Feature } from "./Feature.ts"

/** Withings uses "temperature" for the air around a scale as well as for a person. */
export const isOfTheRoom = ({ deviceClass }: DeviceDescriptor, { category, kind }: Feature): boolean =>
  category === "environment" || (kind === "temperature" && deviceClass === "scale")
