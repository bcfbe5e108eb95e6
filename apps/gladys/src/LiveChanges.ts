import type { Household } from "@withings-bridge/core"
import { Context, Effect, Layer, PubSub, Ref, Stream } from "effect"
import { BridgeHost } from "./BridgeHost.ts"
import { GladysNaming } from "./GladysHousehold.ts"
import { isoTime } from "./isoTime.ts"
import { type Naming, toGladys } from "./toGladys.ts"

/** A message as Gladys' own websocket sends it. */
export interface LiveMessage {
  readonly type: "device.new-state" | "device.measured"
  readonly payload: Readonly<Record<string, string | number | null>>
}

/** Publishes changes to all listeners. */
export class LiveChanges extends Context.Tag("withings-gladys/LiveChanges")<
  LiveChanges,
  { readonly messages: Stream.Stream<LiveMessage> }
>() {
  static readonly layer = Layer.scoped(
    LiveChanges,
    Effect.gen(function* () {
      const host = yield* BridgeHost
      const naming = yield* GladysNaming
      // A listener that does not read loses the oldest messages rather than filling the memory.
      const messages = yield* Effect.acquireRelease(PubSub.sliding<LiveMessage>(1024), PubSub.shutdown)
      const before = yield* Ref.make<ReadonlyMap<string, string> | null>(null)
      yield* host
        .follow(({ household, measured }) =>
          Effect.gen(function* () {
            const values = featureValues(household, naming)
            const known = yield* Ref.getAndSet(before, mark(values))
            const news =
              known === null ? [] : values.filter((value) => known.get(keyOf(value)) !== markOf(value))
            yield* PubSub.publishAll(messages, [
              ...news.map((payload) => ({ type: "device.new-state", payload }) as const),
              ...measured.map((event) => ({
                type: "device.measured" as const,
                payload: {
                  device_external_id: `${naming.prefix}:${event.descriptorId}`,
                  kinds: event.kinds.join(","),
                  at: isoTime(event.at),
                },
              })),
            ])
          }),
        )
        .pipe(Effect.forkScoped)
      return { messages: Stream.fromPubSub(messages) }
    }),
  )
}

type FeatureValue = ReturnType<typeof featureValues>[number]

const featureValues = (household: Household, naming: Naming) =>
  household.descriptors.flatMap((descriptor) =>
    toGladys(descriptor, naming).features.map((feature) => ({
      device_feature_selector: feature.selector,
      device_feature_external_id: feature.external_id,
      last_value: feature.last_value,
      last_value_string: feature.last_value_string,
      last_value_changed: feature.last_value_changed,
    })),
  )

const keyOf = (value: FeatureValue) => value.device_feature_external_id
const markOf = (value: FeatureValue) =>
  `${value.last_value ?? value.last_value_string ?? ""}@${value.last_value_changed ?? ""}`
const mark = (values: ReadonlyArray<FeatureValue>) =>
  new Map(values.map((value) => [keyOf(value), markOf(value)]))
