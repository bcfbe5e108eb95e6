import { type Sharding, Singleton } from "@effect/cluster"
import { SqlClient } from "@effect/sql"
import { claimDue, type ClaimedPerson, giveBackDue } from "@withings-bridge/core/hub"
import { Context, Effect, Layer, Schedule } from "effect"
import { count } from "../counters.ts"
import { Person } from "./Person.ts"

/** Wakes the entity of a person on any runner. Answers whether it was reached, and never fails. */
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
              // Nobody answers while the shards of a dead runner move.
              Effect.catchAllCause((cause) =>
                Effect.as(Effect.logDebug("A person was not reached", cause), false),
              ),
            ),
    ),
  )
}

const looksEvery = "500 millis"
const atOnce = 100
/** Seconds for which a claimed person is not due again. */
const claimed = 60
/** Seconds after which a person who was not reached is tried again. */
const triedAgain = 2

/**
 * Finds due persons and wakes them. There is one dispatcher in the cluster; the next one goes on where a dead one stopped,
 * since a claim is only a later time in the row. Persons are woken at the same time: those on a dead runner take seconds.
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
