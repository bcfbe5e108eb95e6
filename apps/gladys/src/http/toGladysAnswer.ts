import type { GladysDevice, GladysFeature } from "../GladysDevice.ts"
import { epochOf, isoTime } from "../isoTime.ts"

/** Columns that only an external integration fills. */
const ofExternal = {
  docker_image: null,
  manifest: null,
  container_id: null,
  failure_count: 0 as const,
  last_heartbeat: null,
  token_version: 0 as const,
  store_slug: null,
  granted_devices: null,
}

/** The Gladys service that these devices belong to. Its id is the same at every start. */
export const serviceOf = (since: number) => ({
  id: "a5d1b4f2-6c1e-5f0a-8d3b-3f7c2f0b9e11",
  pod_id: null,
  name: "withings",
  selector: "withings",
  version: "1",
  has_message_feature: false as const,
  status: "RUNNING",
  type: "internal" as const,
  ...ofExternal,
  ...times(since),
})

const times = (since: number) => ({ created_at: isoTime(since), updated_at: isoTime(since) })

/** Seconds after which Gladys shows "No recent value", unless its user set another time. */
const tooOld = 48 * 3600

/** A device with all columns that Gladys answers, in their order. Times are epoch seconds. */
export const toGladysAnswer = (device: GladysDevice, now: number, since: number) => {
  const { features, params, ...own } = device
  const service = serviceOf(since)
  return {
    ...own,
    service_id: service.id,
    ...times(since),
    features: features.map((feature) => toFeatureAnswer(feature, now, since)),
    params: params.map(({ name, value }) => ({
      id: `${device.id.slice(0, -2)}01`,
      device_id: device.id,
      name,
      value,
      ...times(since),
    })),
    room: null,
    service,
  }
}

const toFeatureAnswer = (feature: GladysFeature, now: number, since: number) => ({
  ...feature,
  energy_parent_id: null,
  step: null,
  supported_options: [] as const,
  // Gladys no longer keeps aggregates: always null.
  last_hourly_aggregate: null,
  last_daily_aggregate: null,
  last_monthly_aggregate: null,
  last_value_is_too_old: now - (epochOf(feature.last_value_changed ?? "") ?? 0) > tooOld,
  ...times(since),
})
