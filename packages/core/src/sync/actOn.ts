import { Clock, Effect } from "effect"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { Subscriptions } from "../store/Subscriptions.ts"
import { SyncCursor } from "../store/SyncCursor.ts"
import type { Notification } from "../withings/toNotification.ts"

/**
 * A webhook about someone unknown is dropped: it is old, or not from Withings. One about someone who is signed out
 * is dropped too: Withings may go on sending, but nobody allowed to hear it any more. So is one about a bed that the
 * person does not own: of all webhooks, only those about beds are believed, since no question brings the same.
 */
export const actOn = (notification: Notification) =>
  Effect.gen(function* () {
    const household = yield* HouseholdStore
    const cursors = yield* SyncCursor
    const persons = yield* household.persons
    const person = persons.find(({ withingsUserId }) => withingsUserId === notification.withingsUserId)
    if (person === undefined) return yield* Effect.logDebug("A webhook about someone unknown was dropped.")
    if (person.standing.state === "never-signed-in")
      return yield* Effect.logDebug("A webhook about someone who is signed out was dropped.")
    yield* heard(person.id, notification)
    const now = yield* Clock.currentTimeMillis
    if (notification._tag === "Changed") {
      return yield* Effect.forEach(
        notification.feeds,
        (feed) => cursors.request(person.id, { feed, askedAt: now, window: notification.window }),
        { discard: true },
      )
    }
    const { at, deviceId, inBed } = notification
    const devices = yield* household.devices
    if (!devices.some((device) => device.id === deviceId && device.personId === person.id))
      return yield* Effect.logInfo(
        `A webhook about a bed was dropped: Withings lists no such device for ${person.name}.`,
      )
    yield* household.keepPresence({
      personId: person.id,
      deviceId,
      inBed,
      at,
      source: "webhook",
    })
  }).pipe(Effect.catchAll((error) => Effect.logWarning(error.message)))

const heard = (personId: string, notification: Notification) =>
  Effect.flatMap(Subscriptions, (subscriptions) =>
    subscriptions.heard(personId, notification._tag === "Bed" ? ["bed"] : notification.feeds),
  )
