import { SqlClient } from "@effect/sql"
import { Context, Effect, Layer } from "effect"
import type { PersonId } from "./measure/Person.ts"
import { storeError, type StoreError } from "./store/StoreError.ts"
import type { EcgSignal } from "./withings/client/Feed.ts"
import { WithingsApi } from "./withings/client/WithingsApi.ts"
import type { WithingsError } from "./withings/client/WithingsError.ts"

/** The curves of electrocardiograms. They are not stored: each is requested from Withings when someone looks at it. */
export class EcgCurves extends Context.Tag("@withings-bridge/core/EcgCurves")<
  EcgCurves,
  {
    /** The recording taken at a time (epoch seconds); null without a recording or a curve. */
    readonly at: (
      personId: PersonId,
      at: number,
    ) => Effect.Effect<EcgSignal | null, StoreError | WithingsError>
  }
>() {
  static readonly layer = Layer.effect(
    EcgCurves,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const withings = yield* WithingsApi
      // The group of a recording in the list is the id of its signal.
      const signalAt = (personId: PersonId, at: number) =>
        sql<{ grp: string }>`SELECT grp FROM measure
          WHERE person_id = ${personId} AND kind = ${"afib-ecg"} AND at = ${at} AND source = ${"heart"} AND deleted = 0`
      return EcgCurves.of({
        at: Effect.fn("EcgCurves.at")(function* (personId, at) {
          const [recording] = yield* signalAt(personId, at).pipe(storeError("find a recording"))
          if (recording === undefined) return null
          const signal = yield* withings
            .ecgSignal(personId, recording.grp)
            .pipe(Effect.catchTag("Garbled", () => Effect.succeed(null)))
          return signal !== null && signal.microvolts.length > 0 && signal.samplingFrequency > 0
            ? signal
            : null
        }),
      })
    }),
  )
}
