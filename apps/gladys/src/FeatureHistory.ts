import type { DeviceDescriptor, Feature, StoreError } from "@withings-bridge/core"
import { Context, type Effect } from "effect"

/** One value of a feature in the past, in the feature's own unit. */
export interface Point {
  /** Epoch seconds. */
  readonly at: number
  readonly value: number
}

/** Which points are wanted: `after` ≤ at < `before`, epoch seconds, the newest `take` of them. */
export interface Window {
  readonly after: number
  readonly before: number
  readonly take: number
}

/** What the store holds of one feature, newest first, one point a time. Presence, battery and "measured" keep no history. */
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
>() {}
