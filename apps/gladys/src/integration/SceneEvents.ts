import type { Household, Moment } from "@withings-bridge/core"
import { Context, Effect, Layer, Ref } from "effect"
import { HostApi } from "./HostApi.ts"
import { toSceneEvents } from "./toSceneEvents.ts"

/** Tells Gladys 5.1 and newer what happens, for the triggers that the manifest for it declares. */
export class SceneEvents extends Context.Tag("withings-gladys/integration/SceneEvents")<
  SceneEvents,
  {
    readonly tell: (household: Household, moments: ReadonlyArray<Moment>) => Effect.Effect<void>
  }
>() {
  static readonly layer = Layer.effect(
    SceneEvents,
    Effect.gen(function* () {
      const host = yield* HostApi
      const last = yield* Ref.make<Household | null>(null)
      /** false: it is too old, or was installed with the manifest for older ones, which declares no triggers. */
      const known = yield* Ref.make(true)
      return {
        tell: (household, moments) =>
          Effect.gen(function* () {
            const before = yield* Ref.getAndSet(last, household)
            if (!(yield* Ref.get(known))) return
            const events = toSceneEvents(before, household, moments)
            if (events.length === 0) return
            if (!hasSceneEvents(yield* host.gladysVersion)) return yield* Ref.set(known, false)
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

const hasSceneEvents = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  return major > 5 || (major === 5 && minor >= 1)
}
