import { Context, Effect, Layer } from "effect"
import { epochMillis } from "../epochSeconds.ts"
import type { PersonId } from "../measure/Person.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { Lease } from "../store/Lease.ts"
import type { StoreError } from "../store/StoreError.ts"
import { SyncCursor, type Cursor } from "../store/SyncCursor.ts"
import { allFeeds, feeds, type AnyFeed, type Feed, type Window } from "../withings/client/Feed.ts"
import { leaderLease } from "./Lead.ts"

/** Progress of the first history of a person's feed. */
export interface SyncProgress {
  readonly personId: PersonId
  readonly feed: Feed
  /** Measures read so far. */
  readonly done: number
  /** An estimate until it is finished; null while there is nothing to estimate from. */
  readonly total: number | null
  /** Epoch seconds. */
  readonly startedAt: number
  readonly finishedAt: number | null
}

/** The processes that hold the leases of the household. */
export interface Leaders {
  /** Who syncs each person. */
  readonly sync: ReadonlyArray<Leader & { readonly personId: PersonId }>
  /** Who receives webhooks; null: nobody. */
  readonly webhooks: Leader | null
}

export interface Leader {
  /** Process id; null: on another host or in another container. */
  readonly pid: number | null
}

/** What the sync does, whichever process leads it, and a way to request more. */
export class SyncStatus extends Context.Tag("@withings-bridge/core/sync/SyncStatus")<
  SyncStatus,
  {
    readonly progress: Effect.Effect<ReadonlyArray<SyncProgress>, StoreError>
    /** Requests a sync and returns at once; the leading process does it. */
    readonly request: (personId: PersonId, feed: AnyFeed) => Effect.Effect<void, StoreError>
    /** Requests to read a window again and to delete what Withings no longer has there. */
    readonly reread: (personId: PersonId, feed: Feed, window: Window) => Effect.Effect<void, StoreError>
    /** Requests all feeds of a person. */
    readonly requestAll: (personId: PersonId) => Effect.Effect<void, StoreError>
    /** Unanswered requests of everyone. */
    readonly waiting: Effect.Effect<
      ReadonlyArray<{ readonly personId: PersonId; readonly feed: AnyFeed }>,
      StoreError
    >
    readonly leaders: Effect.Effect<Leaders, StoreError>
  }
>() {
  static readonly layer = Layer.effect(
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
          Effect.forEach(allFeeds, (feed) => request(personId, feed), { discard: true }),
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

const toProgress = (cursor: Cursor & { readonly personId: PersonId }): ReadonlyArray<SyncProgress> =>
  feeds
    .filter((feed) => feed === cursor.feed)
    .map((feed) => ({
      personId: cursor.personId,
      feed,
      done: cursor.historyDone,
      total: cursor.historyTotal,
      startedAt: cursor.historyStarted,
      finishedAt: cursor.historyFinished,
    }))
