import { Effect, Schedule } from "effect"
import { epochMillis } from "../epochSeconds.ts"
import type { Person } from "../measure/Person.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { Subscriptions } from "../store/Subscriptions.ts"
import { SyncCursor } from "../store/SyncCursor.ts"
import type { Notification } from "../withings/decode/toNotification.ts"
import { DeviceList } from "./DeviceList.ts"

/**
 * A webhook about someone unknown is dropped: it is old, or not from Withings. One about someone who is signed out
 * is dropped too: Withings may go on sending, but nobody allowed to hear it any more. So is one about a bed that the
 * person does not own: of all webhooks, only those about beds are believed, since no question brings the same.
 */
export const hear = (notification: Notification) =>
  Effect.gen(function* () {
    const person = yield* (yield* HouseholdStore).personOf(notification.withingsUserId)
    if (person === null) return yield* Effect.logDebug("A webhook about someone unknown was dropped.")
    if (person.standing.state === "never-signed-in")
      return yield* Effect.logDebug("A webhook about someone who is signed out was dropped.")
    yield* notification._tag === "Bed" ? keepBed(person, notification) : ask(person, notification)
    // Last: whoever waits for the news need not wait for this.
    yield* (yield* Subscriptions).heard(person.id, notification._tag === "Bed" ? ["bed"] : notification.feeds)
  })

/** The same for whoever has answered already: tries for a while, and never fails. */
export const actOn = (notification: Notification) =>
  hear(notification).pipe(
    Effect.retry(untilTheStoreWrites),
    Effect.catchAll((error) => Effect.logWarning(error.message)),
  )

/** Another process may keep the store for a while, and Withings tells each thing once. */
const untilTheStoreWrites = Schedule.intersect(Schedule.exponential("500 millis"), Schedule.recurs(6))

const ask = Effect.fn("actOn.ask")(function* ({ id }: Person, { feeds, window }: Changed) {
  const cursors = yield* SyncCursor
  const askedAt = yield* epochMillis
  yield* Effect.forEach(feeds, (feed) => cursors.request(id, { feed, askedAt, window }), { discard: true })
})

/** A mat may be so new that its first webhook comes before it was seen in the list of devices. */
const keepBed = Effect.fn("actOn.keepBed")(function* (person: Person, bed: Bed) {
  const household = yield* HouseholdStore
  const keep = Effect.gen(function* () {
    const { at, deviceId, inBed } = bed
    const devices = yield* household.devices
    if (!devices.some((device) => device.id === deviceId && device.personId === person.id)) return false
    yield* household.keepPresence({ personId: person.id, deviceId, inBed, at, source: "webhook" })
    return true
  })
  if (yield* keep) return
  const kept = keep.pipe(
    Effect.flatMap((owned) => (owned ? Effect.void : dropped(person))),
    Effect.catchAll((error) => Effect.logWarning(error.message)),
  )
  yield* (yield* DeviceList).onceMet(person.id, bed.deviceId, kept)
})

const dropped = ({ name }: Person) =>
  Effect.logInfo(`A webhook about a bed was dropped: Withings lists no such device for ${name}.`)

type Changed = Extract<Notification, { readonly _tag: "Changed" }>
type Bed = Extract<Notification, { readonly _tag: "Bed" }>
