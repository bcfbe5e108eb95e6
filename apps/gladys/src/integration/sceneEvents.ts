import type { Household, Moment } from "@withings-bridge/core"
import { Effect, Ref } from "effect"
import { HostApi } from "./HostApi.ts"
import { toSceneEvents } from "./toSceneEvents.ts"

/** Sends Gladys 5.1 and newer what happens, for the triggers in the manifest. */
export const sceneEvents = Effect.gen(function* () {
  const host = yield* HostApi
  const last = yield* Ref.make<Household | null>(null)
  /** false: this Gladys is too old, or was installed with the manifest for older ones, which declares no triggers. */
  const known = yield* Ref.make(true)
  return (household: Household, moments: ReadonlyArray<Moment>) =>
    Effect.gen(function* () {
      const before = yield* Ref.getAndSet(last, household)
      if (!(yield* Ref.get(known))) return
      const events = toSceneEvents(before, household, moments)
      if (events.length === 0) return
      if (!hasSceneEvents(yield* host.gladysVersion)) return yield* Ref.set(known, false)
      yield* Effect.forEach(events, host.sceneEvent, { discard: true })
    }).pipe(
      // Never sent again: later, it would start scenes at the wrong time.
      Effect.catchAll((error) =>
        error._tag === "HostRefused" && error.status === 404
          ? Ref.set(known, false)
          : Effect.logInfo(error.message),
      ),
    )
})

const hasSceneEvents = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  return major > 5 || (major === 5 && minor >= 1)
}
