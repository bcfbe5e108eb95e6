import { SqlClient } from "@effect/sql"
import { Context, Effect, Layer } from "effect"
import type { PersonId } from "../measure/Person.ts"
import { epochSeconds } from "../epochSeconds.ts"
import { HouseholdId } from "./HouseholdId.ts"
import { everyoneDue, writeAgenda, writeDue, writeFailure } from "./personRows.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** When a person is due next. Epoch seconds; 0: now. */
export interface Due {
  readonly personId: PersonId
  readonly at: number
}

/** State from earlier turns. */
export interface Turn {
  /** Number of requests so far: see `end`. */
  readonly asked: number
  readonly failures: number
  /** Earliest next attempt after failures, epoch seconds. */
  readonly retryAt: number
  /** JSON of `Agenda`; null: nothing yet. */
  readonly agenda: string | null
}

/** Due times of persons, so that nothing has to poll. */
export class DueWork extends Context.Tag("@withings-bridge/core/store/DueWork")<
  DueWork,
  {
    /** Soonest first. */
    readonly all: Effect.Effect<ReadonlyArray<Due>, StoreError>
    /** Makes everyone due, after a change of the clock or the configuration. */
    readonly askAll: Effect.Effect<void, StoreError>
    /** null: nobody of this household. */
    readonly begin: (personId: PersonId) => Effect.Effect<Turn | null, StoreError>
    /** Stores the agenda and resets the failures. */
    readonly done: (personId: PersonId, agenda: string) => Effect.Effect<void, StoreError>
    readonly failed: (personId: PersonId, retryAt: number) => Effect.Effect<void, StoreError>
    /** Sets when the next turn is due, at the latest. It stays due now if someone asked since `begin`. */
    readonly end: (personId: PersonId, turn: Turn, at: number) => Effect.Effect<void, StoreError>
  }
>() {
  static readonly layer: Layer.Layer<DueWork, never, SqlClient.SqlClient> = Layer.suspend(() =>
    Layer.effect(DueWork, make),
  )
}

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const household = yield* HouseholdId
  return DueWork.of({
    all: sql<Due>`
      SELECT id AS "personId", due_at AS at FROM person
      WHERE household_id = ${household} AND removed_at IS NULL ORDER BY due_at, id`.pipe(
      storeError("read the due times"),
    ),
    askAll: everyoneDue(sql, household).pipe(Effect.asVoid, storeError("make everyone due")),
    begin: (personId) =>
      sql<Turn>`
        SELECT asked, failures, retry_at AS "retryAt", agenda FROM person
        WHERE household_id = ${household} AND id = ${personId} AND removed_at IS NULL`.pipe(
        Effect.map(([row]) => row ?? null),
        storeError("read what was synced when"),
      ),
    done: (personId, agenda) =>
      writeAgenda(sql, { household, id: personId }, agenda).pipe(
        Effect.asVoid,
        storeError("write what was synced when"),
      ),
    failed: (personId, retryAt) =>
      writeFailure(sql, { household, id: personId }, retryAt).pipe(
        Effect.asVoid,
        storeError("note a failure"),
      ),
    end: (personId, { asked }, at) =>
      Effect.gen(function* () {
        const [later] = yield* sql<{ at: number | null }>`
          SELECT MIN(not_before) AS at FROM sync_request WHERE person_id = ${personId}
            AND not_before > ${yield* epochSeconds}`
        const next = Math.min(at, later?.at ?? at)
        yield* writeDue(sql, { household, id: personId }, { at: next, asked })
      }).pipe(storeError("write a due time")),
  })
})
