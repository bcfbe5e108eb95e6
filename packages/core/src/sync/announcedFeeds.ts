import { Effect } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import type { PersonId } from "../measure/Person.ts"
import { Lease } from "../store/Lease.ts"
import { Subscriptions, type Delivery } from "../store/Subscriptions.ts"
import { feeds, recentFeeds, type AnyFeed } from "../withings/client/Feed.ts"
import { announcedBy } from "../withings/decode/toNotification.ts"
import { day } from "./intervals.ts"

/**
 * The feeds of a person that need no regular polling: the subscriptions (`applis`) stand, a webhook about this person
 * did arrive since, and no poll found what none had told of.
 */
const announcedFeeds = (
  applis: ReadonlyArray<number>,
  deliveries: ReadonlyArray<Delivery>,
): ReadonlyArray<AnyFeed> => {
  if (!deliveries.some(({ heardAt }) => heardAt !== null)) return []
  const missed = new Set(deliveries.filter(({ heardAt }) => heardAt === null).map(({ about }) => about))
  return [...feeds, ...recentFeeds].filter(
    (feed) =>
      announcedBy[feed].length > 0 &&
      announcedBy[feed].every((appli) => applis.includes(appli)) &&
      !missed.has(feed),
  )
}

/** The same by what the store knows now. A receiver that no process runs any more hears nothing. */
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
