import type { DeviceDescriptor } from "@withings-bridge/core"
import type { GladysDevice, GladysFeature } from "../GladysDevice.ts"

/**
 * A device as it is offered on the Discover page. Gladys gives ids and selectors itself, and shows params as a list of
 * "technical parameters", which the name makes needless.
 */
export const toDiscovered = ({ name, model, external_id, features }: GladysDevice) => ({
  name,
  model,
  external_id,
  features: features.map(toDiscoveredFeature),
})

const toDiscoveredFeature = (feature: GladysFeature) => ({
  name: feature.name,
  external_id: feature.external_id,
  category: feature.category,
  type: feature.type,
  unit: feature.unit,
  min: feature.min,
  max: feature.max,
  read_only: feature.read_only,
  has_feedback: feature.has_feedback,
  keep_history: feature.keep_history,
  // A state in words is always stamped with the present and starts scenes. Only here it can be told with its own time.
  ...(feature.last_value_string === null
    ? {}
    : { last_value_string: feature.last_value_string, last_value_changed: feature.last_value_changed }),
})

/**
 * Those with the most features first: the page shows two in a row, which is as high as the longer one. Equal devices of
 * two persons come side by side.
 */
export const longestFirst = (descriptors: ReadonlyArray<DeviceDescriptor>): ReadonlyArray<DeviceDescriptor> =>
  descriptors.toSorted((one, other) => other.features.length - one.features.length)
