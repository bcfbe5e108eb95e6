import { ClusterSchema, Entity } from "@effect/cluster"
import { Rpc } from "@effect/rpc"
import { dueWithin, subscriptionDue, turnOf } from "@withings-bridge/core/hub"
import { SqlClient } from "@effect/sql"
import { PersonId } from "@withings-bridge/core"
import { Effect, Queue, Ref, Schema } from "effect"
import { HouseholdCores, webhookOf } from "../HouseholdCores.ts"
import { count } from "../counters.ts"
import { Hub } from "../HubConfig.ts"
import { applicationOf } from "../store/householdRows.ts"

/**
 * A person in the cluster, on one runner at a time, one turn after the other. A message only wakes the person: what is due
 * or was asked for is in the store, so a lost message only costs time and none has to be kept.
 */
export const Person = Entity.make("Person", [
  Rpc.make("Wake", { payload: { household: Schema.String } }).annotate(ClusterSchema.Persisted, false),
])

/**
 * Answers a message at once and runs the turn in the background: a sender on another runner waits for the answer, even with
 * `discard`, and would interrupt the turn by giving up.
 */
export const layerPerson = Person.toLayer(
  Effect.gen(function* () {
    const { entityId } = yield* Entity.CurrentAddress
    const bell = yield* Queue.sliding<string>(1)
    const turn = yield* turns(PersonId(entityId))
    yield* Effect.forkScoped(Effect.forever(Effect.flatMap(Queue.take(bell), turn)))
    return { Wake: ({ payload }) => Effect.asVoid(Queue.offer(bell, payload.household)) }
  }),
  // A person who still works when the claim ends is woken again, so that a long turn does not look idle.
  { maxIdleTime: "3 minutes", mailboxCapacity: 16 },
)

const turns = Effect.fn("Person.turns")(function* (personId: PersonId) {
  const cores = yield* HouseholdCores
  const hub = yield* Hub
  const sql = yield* SqlClient.SqlClient
  const refusals = yield* Ref.make(0)
  return (household: string) =>
    Effect.gen(function* () {
      const application = yield* applicationOf(household)
      const callback = webhookOf(hub, application)
      // A first turn reads years: webhooks must not wait for it.
      const subscribed = subscriptionDue(personId, callback).pipe(
        Effect.as(true),
        Effect.catchAll(({ message }) =>
          Effect.as(Effect.logInfo(`Webhooks will be asked for again: ${message}`), false),
        ),
      )
      const [, hasWebhooks] = yield* cores.of(household)(
        Effect.all([turnOf(personId), subscribed], { concurrency: 2 }),
      )
      if (hasWebhooks) yield* Ref.set(refusals, 0)
      // Without webhooks, each measure would wait for the next poll.
      else yield* dueWithin(sql, personId, 60 * 2 ** (yield* Ref.getAndUpdate(refusals, (n) => n + 1)))
      yield* count("turns")
    }).pipe(
      // The row of the person has the reason; they are due again when the claim ends.
      Effect.catchAllCause((cause) =>
        Effect.zipRight(count("failed_turns"), Effect.logWarning("A turn ended early", cause)),
      ),
    )
})
