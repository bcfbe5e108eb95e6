import { SqlClient } from "@effect/sql"
import { Context, Effect, Layer } from "effect"
import type { Revision } from "../device/Household.ts"
import type { Held } from "../rule/Held.ts"
import type { HappenedMoments } from "../moment/settleMoments.ts"
import { epochSeconds } from "../epochSeconds.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { HouseholdId } from "./HouseholdId.ts"
import { keepMoment } from "./momentRows.ts"
import { storeError, type StoreError } from "./StoreError.ts"
import { forgetUnused } from "./unusedStates.ts"

/** Delayed states by key: see `rule/Held.ts`. */
export class HeldStates extends Context.Tag("@withings-bridge/core/store/HeldStates")<
  HeldStates,
  {
    readonly all: Effect.Effect<ReadonlyMap<string, Held>, StoreError>
    /** Stores what changed since `before` was read. The state of a faster process is not overwritten. */
    readonly keep: (
      before: ReadonlyMap<string, Held>,
      after: ReadonlyMap<string, Held>,
    ) => Effect.Effect<void, StoreError>
    /** Stores moments together with the states that they follow from, so that only one process stores each. */
    readonly happened: (
      before: ReadonlyMap<string, Held>,
      seen: HappenedMoments,
    ) => Effect.Effect<void, StoreError>
    /** Takes the keys of all states in use here, and deletes unused ones: see `unusedStates.ts`. */
    readonly inUse: (keys: ReadonlyArray<string>) => Effect.Effect<void, StoreError>
  }
>() {
  static readonly layer: Layer.Layer<HeldStates, never, SqlClient.SqlClient | ChangeFeed> = Layer.effect(
    HeldStates,
    Effect.suspend(() => make),
  )
}

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const feed = yield* ChangeFeed
  const household = yield* HouseholdId
  const write = writing(sql, household)
  /** `told`: whether homes hear of a change that was written. */
  const keepChanges = <E>(
    before: ReadonlyMap<string, Held>,
    after: ReadonlyMap<string, Held>,
    told: (key: string, held: Held, revision: Revision) => Effect.Effect<boolean, E>,
  ) => {
    const changes = [...after].filter(([key, held]) => !isSame(before.get(key), held))
    const keep = (revision: Revision) =>
      Effect.forEach(changes, ([key, held]) =>
        Effect.flatMap(write(key, before.get(key), held), (written) =>
          written ? told(key, held, revision) : Effect.succeed(false),
        ),
      )
    return changes.length === 0
      ? Effect.void
      : feed.commit((revision) =>
          Effect.map(keep(revision), (kept) => ({ value: undefined, changed: kept.includes(true) })),
        )
  }
  return HeldStates.of({
    inUse: yield* forgetUnused,
    all: sql<Omit<Held, "value"> & { readonly key: string; readonly value: number | null }>`
      SELECT key, value, since, otherwise_since AS "otherwiseSince" FROM held_state
      WHERE household_id = ${household}`.pipe(
      Effect.map(
        (rows) =>
          new Map(
            rows.map(({ key, value, ...held }) => [
              key,
              { ...held, value: value === null ? null : value === 1 },
            ]),
          ),
      ),
      storeError("read the states of rules"),
    ),
    // Homes do not show that a delay began.
    keep: (before, after) =>
      keepChanges(before, after, (key, held) => Effect.succeed(before.get(key)?.value !== held.value)).pipe(
        storeError("write the states of rules"),
      ),
    happened: (before, { moments, states }) =>
      keepChanges(before, states, (key, _, revision) => {
        const moment = moments.get(key)
        return moment === undefined ? Effect.succeed(false) : keepMoment(sql, revision, moment)
      }).pipe(storeError("write what happened")),
  })
})

/** Returns whether it was written: false if another process was faster. */
const writing =
  (sql: SqlClient.SqlClient, household: string) => (key: string, before: Held | undefined, after: Held) =>
    Effect.gen(function* () {
      const now = yield* epochSeconds
      const value = toNumber(after.value)
      const written =
        before === undefined
          ? yield* sql`
        INSERT INTO held_state (household_id, key, value, since, otherwise_since, settled_at)
        VALUES (${household}, ${key}, ${value}, ${after.since}, ${after.otherwiseSince}, ${now})
        ON CONFLICT (household_id, key) DO NOTHING RETURNING key`
          : yield* sql`
        UPDATE held_state SET value = ${value}, since = ${after.since}, otherwise_since = ${after.otherwiseSince}
        WHERE household_id = ${household} AND key = ${key} AND since = ${before.since} AND value IS NOT DISTINCT FROM ${toNumber(before.value)}
        RETURNING key`
      return written.length > 0
    })

const isSame = (one: Held | undefined, other: Held): boolean =>
  one !== undefined &&
  one.value === other.value &&
  one.since === other.since &&
  one.otherwiseSince === other.otherwiseSince

const toNumber = (value: boolean | null): number | null => (value === null ? null : value ? 1 : 0)
