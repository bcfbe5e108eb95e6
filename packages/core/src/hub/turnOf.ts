import { Data, Effect, Schedule } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import type { PersonId } from "../measure/Person.ts"
import { DueWork } from "../store/DueWork.ts"
import { Lease } from "../store/Lease.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { hear } from "../sync/actOn.ts"
import { leadPerson } from "../sync/leadPerson.ts"
import { isSubscribed, subscribePerson } from "../sync/Notifications.ts"
import { toNotification } from "../withings/decode/toNotification.ts"

/** Another runner has the person's turn; it is over in some seconds, or its lease expires. */
class TurnTaken extends Data.TaggedError("TurnTaken")<{ readonly message: string }> {}

/** Does what is due for a person now. Answers when the next turn is, epoch seconds. */
export const turnOf = Effect.fn("turnOf")(function* (personId: PersonId) {
  const grant = yield* (yield* Lease).tryAcquire(`sync:${personId}`)
  if (grant === null) return yield* new TurnTaken({ message: "Another runner has this turn." })
  // The next runner goes on at once where this one was told to end.
  const { askAll } = yield* DueWork
  return yield* Effect.onInterrupt(leadPerson(personId, grant), () => Effect.ignore(askAll))
}, Effect.scoped)

/** Keeps what a webhook tells; when this has succeeded, Withings need not send it again. */
export const hearWebhook = Effect.fn("hearWebhook")(function* (form: string) {
  const now = yield* epochSeconds
  const notification = toNotification(Object.fromEntries(new URLSearchParams(form)), now)
  if (notification !== null) yield* hear(notification)
})

/** Brings a person's webhooks to what they should be, unless that was done some hours ago. */
export const subscriptionDue = Effect.fn("subscriptionDue")(function* (
  personId: PersonId,
  callback: { readonly callbackUrl: string; readonly secret: string },
) {
  const person = yield* (yield* HouseholdStore).person(personId)
  if (person === null || (yield* isSubscribed(person, "webhooks", callback))) return
  yield* subscribePerson(person, "webhooks", callback)
})

/**
 * Holds the lease that says that webhooks are received, for as long as a runner receives them: only then may feeds with
 * webhooks be polled seldom.
 */
export const receivesWebhooks = Effect.scoped(
  Effect.flatMap(Lease, (lease) => lease.tryAcquire("webhooks")).pipe(
    Effect.flatMap((grant) => (grant === null ? Effect.void : Effect.never)),
  ),
).pipe(Effect.ignoreLogged, Effect.repeat(Schedule.spaced("5 seconds")), Effect.forkScoped)
