import { type Sharding, Singleton } from "@effect/cluster"
import { SqlClient } from "@effect/sql"
import { claimDue, type ClaimedPerson, giveBackDue } from "@withings-bridge/core/hub"
import { Context, Effect, Layer, Schedule } from "effect"
import { count } from "../counters.ts"
import { Person } from "./Person.ts"

/** Wakes a person, wherever they are. Answers whether they were reached, and never fails. */
export class Wake extends Context.Tag("withings-hub/cluster/Wake")<
  Wake,
  (person: { readonly id: string; readonly household: string }) => Effect.Effect<boolean>
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
              Effect.as(true),
              // While the shards of a runner that died move, nobody is there.
              Effect.catchAllCause((cause) =>
                Effect.as(Effect.logDebug("A person was not reached", cause), false),
              ),
            ),
    ),
  )
}

const looksEvery = "500 millis"
const atOnce = 100
/** Seconds for which nobody else looks after a person who was sent to work. */
const claimed = 60
/** Seconds after which someone who was not reached is tried again. */
const triedAgain = 2

/**
 * Finds who is due and wakes them: one in the cluster, and the next one goes on where a dead one stopped, since a claim
 * is only a later time in the row. Nobody waits for the wake of another: those on a runner that died take seconds.
 */
export const layerDispatch = Singleton.make(
  "dispatch",
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const wake = yield* Wake
    const send = (person: ClaimedPerson) =>
      Effect.gen(function* () {
        yield* count("dispatched")
        const isReached = yield* wake({ id: person.id, household: person.household_id })
        if (!isReached) yield* giveBackDue(sql, person, triedAgain)
      }).pipe(Effect.catchAllCause((cause) => Effect.logWarning("A claim could not be released", cause)))
    const round = Effect.gen(function* () {
      // By the clock of the runners, as turns note what is due; NTP keeps them together.
      const due = yield* claimDue(sql, { atMost: atOnce, seconds: claimed })
      yield* Effect.forEach(due, (person) => Effect.forkScoped(send(person)), { discard: true })
      return due.length
    })
    yield* round.pipe(
      Effect.repeat({ while: (found) => found === atOnce }),
      Effect.catchAllCause((cause) => Effect.logWarning("Nobody could be woken", cause)),
      Effect.repeat(Schedule.spaced(looksEvery)),
    )
  }).pipe(Effect.scoped),
)
