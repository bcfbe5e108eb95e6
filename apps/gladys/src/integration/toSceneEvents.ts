import type { DeviceDescriptor, Feature, Household, MeasuredEvent } from "@withings-bridge/core"

/** Something that happened, by the keys of the manifest's `scene_triggers`. */
export interface SceneEvent {
  readonly key: "weighed" | "went_to_bed" | "got_up" | "night_available" | "goal_reached" | "sign_in_needed"
  readonly data: { readonly person: string; readonly value: number | null }
}

/** An act counts as happening now for so long: Withings tells of a night when its sleeper has long got up. Seconds. */
const fresh = { weighed: 3600, night_available: 12 * 3600, presence: 3600 }

/**
 * What happened between two households. The first one only says how it stands: a restart announces nothing. A measure
 * that reached Withings late is no news.
 */
export const toSceneEvents = (
  before: Household | null,
  after: Household,
  measured: ReadonlyArray<MeasuredEvent>,
  now: number,
): ReadonlyArray<SceneEvent> =>
  before === null
    ? []
    : [
        ...measured.flatMap((event) => ofMeasured(event, after, now)),
        ...after.descriptors.flatMap((descriptor) => [
          ...ofPresence(before, descriptor, now),
          ...ofGoal(before, descriptor),
        ]),
        ...ofStanding(before, after),
      ]

const ofMeasured = (
  event: MeasuredEvent,
  { descriptors }: Household,
  now: number,
): ReadonlyArray<SceneEvent> => {
  const descriptor = descriptors.find(({ id }) => id === event.descriptorId)
  const told = (key: "weighed" | "night_available", kind: string) => {
    const reading = descriptor?.features.find((feature) => feature.key === kind)?.reading
    const happened = event.kinds.includes(kind) && now - event.at <= fresh[key]
    return happened && reading?.at === event.at ? [sceneEvent(key, descriptor, reading.value)] : []
  }
  return [...told("weighed", "weight"), ...told("night_available", "sleep-score")]
}

const ofPresence = (
  before: Household,
  descriptor: DeviceDescriptor,
  now: number,
): ReadonlyArray<SceneEvent> => {
  const isPresence = ({ key }: Feature) => key === "in-bed"
  const reading = descriptor.features.find(isPresence)?.reading ?? null
  const last = featureBefore(before, descriptor, isPresence)?.reading ?? null
  if (reading === null || last === null || reading.value === last.value) return []
  if (reading.stale || now - reading.at > fresh.presence) return []
  return [sceneEvent(reading.value === 1 ? "went_to_bed" : "got_up", descriptor, null)]
}

const ofGoal = (before: Household, descriptor: DeviceDescriptor): ReadonlyArray<SceneEvent> => {
  const isLeft = ({ key }: Feature) => key === "steps-to-goal"
  const left = descriptor.features.find(isLeft)?.reading ?? null
  const last = featureBefore(before, descriptor, isLeft)?.reading ?? null
  if (left === null || last === null || left.stale || last.value <= 0 || left.value > 0) return []
  const steps = descriptor.features.find(({ key }) => key === "steps")?.reading?.value ?? null
  return [sceneEvent("goal_reached", descriptor, steps)]
}

const ofStanding = (before: Household, after: Household): ReadonlyArray<SceneEvent> =>
  after.persons.flatMap(({ id, name, standing }) => {
    const last = before.persons.find((person) => person.id === id)?.standing.state
    return standing.state === "needs-sign-in" && last !== undefined && last !== standing.state
      ? [{ key: "sign_in_needed", data: { person: name, value: null } } as const]
      : []
  })

const featureBefore = (
  { descriptors }: Household,
  { id }: DeviceDescriptor,
  is: (feature: Feature) => boolean,
): Feature | undefined => descriptors.find((descriptor) => descriptor.id === id)?.features.find(is)

const sceneEvent = (
  key: SceneEvent["key"],
  descriptor: DeviceDescriptor | undefined,
  value: number | null,
): SceneEvent => ({ key, data: { person: descriptor?.personName ?? "", value } })
