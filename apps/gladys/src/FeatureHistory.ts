import {
  type DeviceDescriptor,
  type Feature,
  History,
  HouseholdFeed,
  type Point,
  type StoreError,
} from "@withings-bridge/core"
import { Context, Effect, Layer } from "effect"

/** Which points are wanted: `after` ≤ at < `before`, epoch seconds, the newest `take` of them. */
export interface Window {
  readonly after: number
  readonly before: number
  readonly take: number
}

/** The stored values of one feature, newest first, at most one for each time. Presence, battery and "measured" have no history. */
export class FeatureHistory extends Context.Tag("withings-gladys/FeatureHistory")<
  FeatureHistory,
  {
    readonly points: (
      descriptor: DeviceDescriptor,
      feature: Feature,
      window: Window,
    ) => Effect.Effect<ReadonlyArray<Point>, StoreError>
    readonly count: (
      descriptor: DeviceDescriptor,
      feature: Feature,
      window: Omit<Window, "take">,
    ) => Effect.Effect<number, StoreError>
  }
>() {
  static readonly layer = Layer.effect(
    FeatureHistory,
    Effect.suspend(() => make),
  )
}

const withHistory = new Set<Feature["nature"]>(["value", "counter", "verdict"])

const make = Effect.gen(function* () {
  const history = yield* History
  const feed = yield* HouseholdFeed
  const stretchOf = Effect.fn("FeatureHistory.stretchOf")(function* (
    descriptor: DeviceDescriptor,
    feature: Feature,
    { after, before }: Omit<Window, "take">,
  ) {
    const { personId, deviceId } = descriptor
    if (personId === null || !withHistory.has(feature.nature)) return null
    const { descriptors, leftOut } = yield* feed.current
    const own = deviceId !== null && sharesFeature([...descriptors, ...leftOut], descriptor, feature)
    return {
      personId,
      feature: feature.key,
      from: Math.ceil(after),
      to: Math.ceil(before) - 1,
      ...(own ? { deviceId } : {}),
    }
  })
  return FeatureHistory.of({
    points: (descriptor, feature, window) =>
      Effect.flatMap(stretchOf(descriptor, feature, window), (stretch) =>
        stretch === null ? Effect.succeed([]) : history.newest({ ...stretch, take: window.take }),
      ),
    count: (descriptor, feature, window) =>
      Effect.flatMap(stretchOf(descriptor, feature, window), (stretch) =>
        stretch === null ? Effect.succeed(0) : history.count(stretch),
      ),
  })
})

/**
 * Whether another device of the same person has the same feature. Only then values are chosen by device: Withings leaves
 * the device out of some records, which would be lost.
 */
const sharesFeature = (
  all: ReadonlyArray<DeviceDescriptor>,
  { id, personId }: DeviceDescriptor,
  { key }: Feature,
): boolean =>
  all.some(
    (other) =>
      other.id !== id && other.personId === personId && other.features.some((each) => each.key === key),
  )
