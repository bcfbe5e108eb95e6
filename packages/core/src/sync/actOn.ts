import { Effect, Schedule } from "effect"
import { epochMillis, epochSeconds } from "../epochSeconds.ts"
import type { Person } from "../measure/Person.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { Subscriptions } from "../store/Subscriptions.ts"
import { SyncCursor } from "../store/SyncCursor.ts"
import { type Notification, toNotification } from "../withings/decode/toNotification.ts"
import { DeviceList } from "./DeviceList.ts"

/** The urlencoded form of a webhook; null: of no use. */
export const readWebhook = (form: string) =>
  Effect.map(epochSeconds, (now) => toNotification(Object.fromEntries(new URLSearchParams(form)), now))

/**
 * Requests what a webhook announces, or keeps a bed move, which no request brings. Webhooks about strangers, persons who
 * are signed out and beds of others are dropped.
 */
export const hear = (notification: Notification) =>
  Effect.gen(function* () {
    const person = yield* (yield* HouseholdStore).personOf(notification.withingsUserId)
    if (person === null) return yield* Effect.logDebug("A webhook about someone unknown was dropped.")
    if (person.standing.state === "never-signed-in")
      return yield* Effect.logDebug("A webhook about someone who is signed out was dropped.")
    yield* notification._tag === "Bed" ? keepBed(person, notification) : ask(person, notification)
    // Last, since nobody waits for it.
    yield* (yield* Subscriptions).heard(person.id, notification._tag === "Bed" ? ["bed"] : notification.feeds)
  })

/** Like `hear`, for a webhook that was answered already: retries for a while, and never fails. */
export const actOn = (notification: Notification) =>
  hear(notification).pipe(
    Effect.retry(untilTheStoreWrites),
    Effect.catchAll((error) => Effect.logWarning(error.message)),
  )

/** Another process may lock the store for a while, and Withings sends each webhook once. */
const untilTheStoreWrites = Schedule.intersect(Schedule.exponential("500 millis"), Schedule.recurs(6))

const ask = Effect.fn("actOn.ask")(function* ({ id }: Person, { feeds, window }: Changed) {
  const cursors = yield* SyncCursor
  const askedAt = yield* epochMillis
  yield* Effect.forEach(feeds, (feed) => cursors.request(id, { feed, askedAt, window }), { discard: true })
})

/** A new mat's first webhook may arrive before the mat was listed. */
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
