import { SqlClient } from "@effect/sql"
import { Context, Effect, Layer } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import type { PersonId } from "../measure/Person.ts"
import type { AnyFeed } from "../withings/client/Feed.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { HouseholdId, ofHousehold } from "./HouseholdId.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** Who listens for webhooks in this household: the name of a lease. */
export type Receiver = "webhooks" | "relayed-webhooks"

/** The webhooks of a person that exist at Withings. */
export interface StandingSubscription {
  readonly personId: PersonId
  readonly receiver: Receiver
  /** A hash of the address that they go to. */
  readonly callback: string
  readonly applis: ReadonlyArray<number>
  /** When Withings was asked last, epoch seconds. */
  readonly checkedAt: number
}

/** The last webhook about a feed. `heardAt` (epoch seconds) is null if a poll found news without a webhook. */
export interface Delivery {
  readonly about: AnyFeed | "bed"
  readonly heardAt: number | null
}

/** A delivery is noted at most once in this time, seconds. */
const notedEvery = 3600

/** Which webhooks exist at Withings, and whether they arrive. A sign-in or sign-out of a person deletes both. */
export class Subscriptions extends Context.Tag("@withings-bridge/core/store/Subscriptions")<
  Subscriptions,
  {
    readonly all: Effect.Effect<ReadonlyArray<StandingSubscription>, StoreError>
    /** Notes that they exist. `isNew`: some were missing, so earlier deliveries prove nothing. */
    readonly stand: (
      subscription: Omit<StandingSubscription, "checkedAt">,
      isNew: boolean,
    ) => Effect.Effect<void, StoreError>
    readonly deliveries: (personId: PersonId) => Effect.Effect<ReadonlyArray<Delivery>, StoreError>
    readonly heard: (
      personId: PersonId,
      about: ReadonlyArray<Delivery["about"]>,
    ) => Effect.Effect<void, StoreError>
    /** A poll found news without a webhook: do not rely on webhooks until the next one arrives. */
    readonly missed: (personId: PersonId, feed: AnyFeed) => Effect.Effect<void, StoreError>
  }
>() {
  static readonly layer: Layer.Layer<Subscriptions, never, SqlClient.SqlClient | ChangeFeed> = Layer.suspend(
    () => Layer.effect(Subscriptions, make),
  )
}

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const feed = yield* ChangeFeed
  const own = ofHousehold(sql, yield* HouseholdId)
  const inTransaction = <A, E, R>(change: Effect.Effect<A, E, R>) =>
    feed.commit(() => Effect.as(change, { value: undefined, changed: false }))

  const stand = Effect.fn("Subscriptions.stand")(function* (
    { applis, callback, personId, receiver }: Omit<StandingSubscription, "checkedAt">,
    isNew: boolean,
  ) {
    const now = yield* epochSeconds
    yield* sql`
      INSERT INTO subscription (person_id, receiver, callback, applis, checked_at)
      VALUES (${personId}, ${receiver}, ${callback}, ${applis.join()}, ${now})
      ON CONFLICT (person_id, receiver) DO UPDATE SET
        callback = excluded.callback, applis = excluded.applis, checked_at = excluded.checked_at`
    if (isNew) yield* sql`DELETE FROM delivery WHERE person_id = ${personId}`
  })

  const heard = Effect.fn("Subscriptions.heard")(function* (personId: PersonId, about: Delivery["about"]) {
    const now = yield* epochSeconds
    yield* sql`
      INSERT INTO delivery (person_id, about, heard_at) VALUES (${personId}, ${about}, ${now})
      ON CONFLICT (person_id, about) DO UPDATE SET heard_at = excluded.heard_at
      WHERE delivery.heard_at IS NULL OR delivery.heard_at NOT BETWEEN ${now - notedEvery} AND ${now}`
  })

  const missed = (personId: PersonId, feed: AnyFeed) =>
    Effect.zipRight(
      sql`DELETE FROM delivery WHERE person_id = ${personId} AND heard_at IS NOT NULL`,
      sql`INSERT INTO delivery (person_id, about, heard_at) VALUES (${personId}, ${feed}, NULL)
        ON CONFLICT (person_id, about) DO UPDATE SET heard_at = NULL`,
    )

  return Subscriptions.of({
    all: sql<Omit<StandingSubscription, "applis"> & { readonly applis: string }>`
      SELECT person_id AS "personId", receiver, callback, applis, checked_at AS "checkedAt"
      FROM subscription WHERE ${own}`.pipe(
      Effect.map((rows) =>
        rows.map((row) => ({ ...row, applis: row.applis.split(",").filter(Boolean).map(Number) })),
      ),
      storeError("read the subscriptions"),
    ),
    stand: (subscription, isNew) =>
      inTransaction(stand(subscription, isNew)).pipe(storeError("write a subscription")),
    deliveries: (personId) =>
      sql<Delivery>`SELECT about, heard_at AS "heardAt" FROM delivery WHERE person_id = ${personId}`.pipe(
        storeError("read the deliveries of webhooks"),
      ),
    heard: (personId, about) =>
      Effect.forEach(about, (one) => heard(personId, one), { discard: true }).pipe(
        storeError("note a webhook"),
      ),
    missed: (personId, feed) => inTransaction(missed(personId, feed)).pipe(storeError("note a lost webhook")),
  })
})
