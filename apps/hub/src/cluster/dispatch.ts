import { type Sharding, Singleton } from "@effect/cluster"
import { SqlClient } from "@effect/sql"
import { Clock, Context, Effect, Layer, Schedule } from "effect"
import { Counters } from "../Counters.ts"
import { Person } from "./Person.ts"

/** Wakes a person, wherever they are. Never fails: who is not reached is due again when the claim ends. */
export class Wake extends Context.Tag("withings-hub/cluster/Wake")<
  Wake,
  (person: { readonly id: string; readonly household: string }) => Effect.Effect<void>
>() {
  static readonly layer: Layer.Layer<Wake, never, Sharding.Sharding> = Layer.effect(
    Wake,
    Effect.map(
      Person.client,
      (client) =>
        ({ household, id }) =>
          client(id)
            .Wake({ household }, { discard: true })
            .pipe(
              Effect.timeout("10 seconds"),
              Effect.catchAllCause((cause) => Effect.logWarning("A person was not reached", cause)),
            ),
    ),
  )
}

const looksEvery = "500 millis"
const atOnce = 100
/** Seconds for which nobody else looks after a person who was sent to work. */
const claimed = 60

/**
 * Finds who is due and wakes them: one in the cluster, and the next one goes on where a dead one stopped, since a claim
 * is only a later time in the row.
 */
export const layerDispatch = Singleton.make(
  "dispatch",
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const wake = yield* Wake
    const counters = yield* Counters
    // By the clock of the runners, as turns note what is due; NTP keeps them together.
    const claim = Effect.flatMap(Clock.currentTimeMillis, (millis) => {
      const now = Math.floor(millis / 1000)
      return sql<{ id: string; household_id: string }>`
        UPDATE person SET due_at = ${now + claimed}
        WHERE id IN (
          SELECT id FROM person WHERE due_at <= ${now} AND removed_at IS NULL
          ORDER BY due_at LIMIT ${atOnce} FOR UPDATE SKIP LOCKED)
        RETURNING id, household_id`
    })
    const round = Effect.gen(function* () {
      const due = yield* claim
      yield* Effect.forEach(
        due,
        ({ household_id, id }) =>
          Effect.zipRight(counters.count("dispatched"), wake({ id, household: household_id })),
        { concurrency: 20, discard: true },
      )
      return due.length
    })
    yield* round.pipe(
      Effect.repeat({ while: (found) => found === atOnce }),
      Effect.catchAllCause((cause) => Effect.logWarning("Nobody could be woken", cause)),
      Effect.repeat(Schedule.spaced(looksEvery)),
    )
  }),
)
