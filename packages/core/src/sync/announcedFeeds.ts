import { Effect } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import type { PersonId } from "../measure/Person.ts"
import { Lease } from "../store/Lease.ts"
import { Subscriptions, type Delivery } from "../store/Subscriptions.ts"
import { allFeeds, type AnyFeed } from "../withings/client/Feed.ts"
import { announcedBy } from "../withings/decode/toNotification.ts"
import { day } from "./intervals.ts"

/**
 * The feeds that need no regular polling: their subscriptions (`applis`) stand, a webhook about this person has arrived
 * since, and no poll found anything unannounced.
 */
const announcedFeeds = (
  applis: ReadonlyArray<number>,
  deliveries: ReadonlyArray<Delivery>,
): ReadonlyArray<AnyFeed> => {
  if (!deliveries.some(({ heardAt }) => heardAt !== null)) return []
  const missed = new Set(deliveries.filter(({ heardAt }) => heardAt === null).map(({ about }) => about))
  return allFeeds.filter(
    (feed) =>
      announcedBy[feed].length > 0 &&
      announcedBy[feed].every((appli) => applis.includes(appli)) &&
      !missed.has(feed),
  )
}

/** The announced feeds of a person. Only receivers that a process runs now count. */
export const announcedTo = Effect.fn("announcedTo")(function* (personId: PersonId) {
  const subscriptions = yield* Subscriptions
  const known = (yield* subscriptions.all).filter((one) => one.personId === personId)
  if (known.length === 0) return []
  const now = yield* epochSeconds
  const listening = new Set((yield* (yield* Lease).holdings).map(({ name }) => name))
  const standing = known.filter(
    ({ checkedAt, receiver }) => listening.has(receiver) && Math.abs(now - checkedAt) < day,
  )
  const applis = standing.flatMap((one) => one.applis)
  return announcedFeeds(applis, yield* subscriptions.deliveries(personId))
})
