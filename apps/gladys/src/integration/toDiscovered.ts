import type { DeviceDescriptor } from "@withings-bridge/core"
import type { GladysDevice, GladysFeature } from "../GladysDevice.ts"

/**
 * A device for the Discover page. Gladys makes ids and selectors itself. Params are left out: the name of the device says
 * the same.
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
  // Gladys stamps a text state with the present and starts scenes. Only here it can have its own time.
  ...(feature.last_value_string === null
    ? {}
    : { last_value_string: feature.last_value_string, last_value_changed: feature.last_value_changed }),
})

/** Most features first: the page shows two devices in a row, so that equal devices of two persons stand side by side. */
export const longestFirst = (descriptors: ReadonlyArray<DeviceDescriptor>): ReadonlyArray<DeviceDescriptor> =>
  descriptors.toSorted((one, other) => other.features.length - one.features.length)
