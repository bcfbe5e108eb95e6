import { Data, Effect, Schedule } from "effect"
import type { PersonId } from "../measure/Person.ts"
import { DueWork } from "../store/DueWork.ts"
import { Lease } from "../store/Lease.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { hear, readWebhook } from "../sync/actOn.ts"
import { leadPerson } from "../sync/leadPerson.ts"
import { type Callback, isSubscribed, subscribePerson } from "../sync/Notifications.ts"

/** Another runner has the person's turn. It ends within seconds, or its lease expires. */
class TurnTaken extends Data.TaggedError("TurnTaken")<{ readonly message: string }> {}

/** Does what is due for a person now. Returns when the next turn is due, epoch seconds. */
export const turnOf = Effect.fn("turnOf")(function* (personId: PersonId) {
  const grant = yield* (yield* Lease).tryAcquire(`sync:${personId}`)
  if (grant === null) return yield* new TurnTaken({ message: "Another runner has this turn." })
  // When this runner shuts down, the next one goes on at once.
  const { askAll } = yield* DueWork
  return yield* Effect.onInterrupt(leadPerson(personId, grant), () => Effect.ignore(askAll))
}, Effect.scoped)

/** Acts on a webhook's form. Once this has succeeded, Withings need not send it again. */
export const hearWebhook = Effect.fn("hearWebhook")(function* (form: string) {
  const notification = yield* readWebhook(form)
  if (notification !== null) yield* hear(notification)
})

/** Checks a person's webhooks unless that was done in the last hours. */
export const subscriptionDue = Effect.fn("subscriptionDue")(function* (
  personId: PersonId,
  address: Omit<Callback, "receiver">,
) {
  const callback: Callback = { receiver: "webhooks", ...address }
  const person = yield* (yield* HouseholdStore).person(personId)
  if (person !== null && !(yield* isSubscribed(person, callback))) yield* subscribePerson(person, callback)
})

/** Holds the lease which says that webhooks are received: only then may feeds with webhooks be polled rarely. */
export const receivesWebhooks = Effect.scoped(
  Effect.flatMap(Lease, (lease) => lease.tryAcquire("webhooks")).pipe(
    Effect.flatMap((grant) => (grant === null ? Effect.void : Effect.never)),
  ),
).pipe(Effect.ignoreLogged, Effect.repeat(Schedule.spaced("5 seconds")), Effect.forkScoped)
