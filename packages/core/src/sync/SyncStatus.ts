import { Context, Effect, Layer } from "effect"
import { epochMillis } from "../epochSeconds.ts"
import type { PersonId } from "../measure/Person.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { Lease } from "../store/Lease.ts"
import type { StoreError } from "../store/StoreError.ts"
import { SyncCursor, type Cursor } from "../store/SyncCursor.ts"
import { feeds, recentFeeds, type AnyFeed, type Feed, type Window } from "../withings/client/Feed.ts"
import { leaderLease } from "./LeaseLost.ts"

/** How far the first history of one feed of one person is. */
export interface SyncProgress {
  readonly personId: PersonId
  readonly feed: Feed
  /** Measures brought so far. */
  readonly done: number
  /** An estimate until it is finished; null while there is nothing to estimate from. */
  readonly total: number | null
  /** Epoch seconds. */
  readonly startedAt: number
  readonly finishedAt: number | null
}

/** Which process does what only one may do. */
export interface Leaders {
  /** Of each person whose measures are being brought. */
  readonly sync: ReadonlyArray<Leader & { readonly personId: PersonId }>
  /** Who listens for webhooks; null: nobody. */
  readonly webhooks: Leader | null
}

export interface Leader {
  /** Its process id; null: it runs on another host or in another container. */
  readonly pid: number | null
}

/** What the sync is doing, whichever process leads it, and a way to ask for more. */
export class SyncStatus extends Context.Tag("@withings-bridge/core/sync/SyncStatus")<
  SyncStatus,
  {
    readonly progress: Effect.Effect<ReadonlyArray<SyncProgress>, StoreError>
    /** Sync now. Answers at once; whoever leads the person's sync does it. */
    readonly request: (personId: PersonId, feed: AnyFeed) => Effect.Effect<void, StoreError>
    /** Reads again what was taken between two times (epoch seconds), and forgets what Withings no longer has there. */
    readonly reread: (personId: PersonId, feed: Feed, window: Window) => Effect.Effect<void, StoreError>
    /** Sync now all that there is of a person. */
    readonly requestAll: (personId: PersonId) => Effect.Effect<void, StoreError>
    /** What was asked for and is not answered yet, of everyone. */
    readonly waiting: Effect.Effect<
      ReadonlyArray<{ readonly personId: PersonId; readonly feed: AnyFeed }>,
      StoreError
    >
    readonly leaders: Effect.Effect<Leaders, StoreError>
  }
>() {
  static readonly layer: Layer.Layer<SyncStatus, never, HouseholdStore | SyncCursor | Lease> = Layer.effect(
    SyncStatus,
    Effect.map(Effect.all([HouseholdStore, SyncCursor, Lease]), ([household, cursors, lease]) => {
      const ask = (personId: PersonId, feed: AnyFeed, window: Window | null) =>
        Effect.flatMap(epochMillis, (askedAt) => cursors.request(personId, { feed, askedAt, window }))
      const request = (personId: PersonId, feed: AnyFeed) => ask(personId, feed, null)
      return SyncStatus.of({
        progress: Effect.map(cursors.all, (all) => all.flatMap(toProgress)),
        request,
        reread: ask,
        requestAll: (personId) =>
          Effect.forEach([...feeds, ...recentFeeds], (feed) => request(personId, feed), { discard: true }),
        waiting: cursors.waiting,
        leaders: Effect.zipWith(lease.holdings, household.persons, (holdings, persons) => {
          const leader = holdings.find(({ name }) => name === leaderLease)
          return {
            sync: leader === undefined ? [] : persons.map(({ id }) => ({ personId: id, pid: leader.pid })),
            webhooks: holdings.find(({ name }) => name === "webhooks") ?? null,
          }
        }),
      })
    }),
  )
}

const toProgress = (cursor: Cursor & { readonly personId: PersonId }): ReadonlyArray<SyncProgress> => {
  const feed = feeds.find((feed) => feed === cursor.feed)
  if (feed === undefined) return []
  return [
    {
      personId: cursor.personId,
      feed,
      done: cursor.historyDone,
      total: cursor.historyTotal,
      startedAt: cursor.historyStarted,
      finishedAt: cursor.historyFinished,
    },
  ]
}
