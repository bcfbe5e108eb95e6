import type { KindKey } from "../../measure/measureKinds.ts"
import { isValue } from "../wire/read.ts"

/** A field requested by name (`data_fields`), and the key of its kind. Withings sends no field that is not requested. */
export interface DataField {
  readonly field: string
  readonly kind: KindKey
  readonly neverZero: boolean
}

/** A vital sign: a zero means "not measured". */
const vital = (kind: KindKey) => ({ kind, neverZero: true })

const dataFields = (
  kinds: Readonly<Record<string, KindKey | ReturnType<typeof vital>>>,
): ReadonlyArray<DataField> =>
  Object.entries(kinds).map(([field, kind]) => ({
    field,
    ...(typeof kind === "string" ? { kind, neverZero: false } : kind),
  }))

/** The value of the parameter `data_fields`. */
export const fieldNames = (fields: ReadonlyArray<DataField>) => fields.map(({ field }) => field).join(",")

export const nightFields = dataFields({
  total_timeinbed: "sleep-time-in-bed",
  total_sleep_time: "sleep-duration",
  asleepduration: "sleep-external-duration",
  lightsleepduration: "sleep-light-duration",
  remsleepduration: "sleep-rem-duration",
  deepsleepduration: "sleep-deep-duration",
  sleep_efficiency: "sleep-efficiency",
  sleep_latency: "sleep-latency",
  wakeup_latency: "sleep-wakeup-latency",
  wakeupduration: "sleep-awake-duration",
  wakeupcount: "sleep-awake-count",
  waso: "sleep-awake-after-onset",
  nb_rem_episodes: "sleep-rem-episodes",
  durationtosleep: "sleep-duration-to-sleep",
  durationtowakeup: "sleep-duration-to-wakeup",
  out_of_bed_count: "sleep-out-of-bed-count",
  hr_average: vital("sleep-heart-rate-average"),
  hr_min: vital("sleep-heart-rate-min"),
  hr_max: vital("sleep-heart-rate-max"),
  rr_average: vital("sleep-respiration-rate-average"),
  rr_min: vital("sleep-respiration-rate-min"),
  rr_max: vital("sleep-respiration-rate-max"),
  breathing_quality_assessment: "sleep-breathing-quality",
  breathing_disturbances_intensity: "sleep-breathing-disturbances",
  snoring: "sleep-snoring-duration",
  snoringepisodecount: "sleep-snoring-episodes",
  sleep_score: "sleep-score",
  apnea_hypopnea_index: "sleep-apnea-hypopnea-index",
  mvt_score_avg: "sleep-movement-score",
  mvt_active_duration: "sleep-movement-duration",
  rmssd_start_avg: vital("sleep-rmssd-start"),
  rmssd_end_avg: vital("sleep-rmssd-end"),
  chest_movement_rate_wellness_average: vital("sleep-chest-rate-wellness-average"),
  chest_movement_rate_wellness_min: vital("sleep-chest-rate-wellness-min"),
  chest_movement_rate_wellness_max: vital("sleep-chest-rate-wellness-max"),
  withings_index: "sleep-withings-index",
  breathing_sounds: "sleep-breathing-sounds-duration",
  breathing_sounds_episode_count: "sleep-breathing-sounds-episodes",
  chest_movement_rate_average: vital("sleep-chest-rate-average"),
  chest_movement_rate_min: vital("sleep-chest-rate-min"),
  chest_movement_rate_max: vital("sleep-chest-rate-max"),
  core_body_temperature_min: vital("sleep-core-temperature-min"),
  core_body_temperature_max: vital("sleep-core-temperature-max"),
  core_body_temperature_avg: vital("sleep-core-temperature-average"),
  core_body_temperature_status: "sleep-core-temperature-status",
})

export const dayFields = dataFields({
  steps: "steps",
  distance: "distance",
  elevation: "elevation",
  soft: "soft-duration",
  moderate: "moderate-duration",
  intense: "intense-duration",
  active: "active-duration",
  calories: "calories",
  totalcalories: "total-calories",
  hr_average: vital("day-heart-rate-average"),
  hr_min: vital("day-heart-rate-min"),
  hr_max: vital("day-heart-rate-max"),
  hr_zone_0: "day-heart-rate-zone-0",
  hr_zone_1: "day-heart-rate-zone-1",
  hr_zone_2: "day-heart-rate-zone-2",
  hr_zone_3: "day-heart-rate-zone-3",
})

export const workoutFields = dataFields({
  calories: "workout-calories",
  intensity: "workout-intensity",
  manual_intensity: "workout-manual-intensity",
  manual_distance: "workout-manual-distance",
  manual_calories: "workout-manual-calories",
  hr_average: vital("workout-heart-rate-average"),
  hr_min: vital("workout-heart-rate-min"),
  hr_max: vital("workout-heart-rate-max"),
  hr_zone_0: "workout-heart-rate-zone-0",
  hr_zone_1: "workout-heart-rate-zone-1",
  hr_zone_2: "workout-heart-rate-zone-2",
  hr_zone_3: "workout-heart-rate-zone-3",
  pause_duration: "workout-pause-duration",
  algo_pause_duration: "workout-algo-pause-duration",
  spo2_average: vital("workout-spo2-average"),
  core_body_temperature_avg: vital("workout-core-temperature-average"),
  core_body_temperature_min: vital("workout-core-temperature-min"),
  core_body_temperature_max: vital("workout-core-temperature-max"),
  core_body_temperature_status: "workout-core-temperature-status",
  steps: "workout-steps",
  distance: "workout-distance",
  elevation: "workout-elevation",
  pool_laps: "workout-pool-laps",
  strokes: "workout-strokes",
  pool_length: "workout-pool-length",
})

export const intradayFields = dataFields({
  steps: "intraday-steps",
  elevation: "intraday-elevation",
  calories: "intraday-calories",
  distance: "intraday-distance",
  stroke: "intraday-strokes",
  pool_lap: "intraday-pool-laps",
  duration: "intraday-duration",
  heart_rate: vital("intraday-heart-rate"),
  spo2_auto: vital("intraday-spo2"),
  rmssd: vital("intraday-rmssd"),
  sdnn1: vital("intraday-sdnn"),
  hrv_quality: "intraday-hrv-quality",
  core_body_temperature: vital("intraday-core-temperature"),
  rr: vital("intraday-respiration-rate"),
  chest_movement_rate: vital("intraday-chest-rate"),
})

export const nightCurveFields = dataFields({
  hr: vital("night-heart-rate"),
  rr: vital("night-respiration-rate"),
  snoring: "night-snoring",
  sdnn_1: vital("night-sdnn"),
  rmssd: vital("night-rmssd"),
  hrv_quality: "night-hrv-quality",
  mvt_score: "night-movement-score",
  chest_movement_rate: vital("night-chest-rate"),
  withings_index: "night-withings-index",
  breathing_sounds: "night-breathing-sounds",
})

const statusWords: Readonly<Record<string, number>> = { unknown: 0, usual: 1, elevated: 2 }

const valueOf = (sent: unknown): number => {
  if (typeof sent === "number") return sent
  if (typeof sent !== "string" || sent === "") return Number.NaN
  return Object.hasOwn(statusWords, sent) ? (statusWords[sent] ?? Number.NaN) : Number(sent)
}

/** Calls `keep` for each field that has a value. None is ever negative: Withings sends -1 for "not computed". */
export const readDataFields = (
  data: Readonly<Record<string, unknown>>,
  fields: ReadonlyArray<DataField>,
  keep: (kind: KindKey, value: number) => void,
): void => {
  for (const { field, kind, neverZero } of fields) {
    const sent = data[field]
    if (sent === undefined || sent === null) continue
    const value = valueOf(sent)
    if (!isValue(value) || value < 0 || (neverZero && value === 0)) continue
    keep(kind, value)
  }
}
