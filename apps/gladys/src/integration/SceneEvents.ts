import type { Household, MeasuredEvent } from "@withings-bridge/core"
import { Clock, Context, Effect, Layer, Ref } from "effect"
import { HostApi } from "./HostApi.ts"
import { toSceneEvents } from "./toSceneEvents.ts"

/** Tells Gladys 5.1 and newer what happens, for the triggers that the manifest for it declares. */
export class SceneEvents extends Context.Tag("withings-gladys/integration/SceneEvents")<
  SceneEvents,
  {
    readonly tell: (household: Household, measured: ReadonlyArray<MeasuredEvent>) => Effect.Effect<void>
  }
>() {
  static readonly layer = Layer.effect(
    SceneEvents,
    Effect.gen(function* () {
      const host = yield* HostApi
      const last = yield* Ref.make<Household | null>(null)
      /** An older Gladys has no such route, and knows none of the triggers. */
      const known = yield* Ref.make(true)
      return {
        tell: (household, measured) =>
          Effect.gen(function* () {
            const before = yield* Ref.getAndSet(last, household)
            if (!(yield* Ref.get(known))) return
            const now = (yield* Clock.currentTimeMillis) / 1000
            const events = toSceneEvents(before, household, measured, now)
            yield* Effect.forEach(events, host.sceneEvent, { discard: true })
          }).pipe(
            // What happened is over: told later, it would start scenes at the wrong time.
            Effect.catchAll((error) =>
              error._tag === "HostRefused" && error.status === 404
                ? Ref.set(known, false)
                : Effect.logInfo(error.message),
            ),
          ),
      }
    }),
  )
}
