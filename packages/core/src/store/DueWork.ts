import { SqlClient } from "@effect/sql"
import { Context, Effect, Layer } from "effect"
import type { PersonId } from "../measure/Person.ts"
import { epochSeconds } from "../epochSeconds.ts"
import { HouseholdId } from "./HouseholdId.ts"
import { everyoneDue, writeAgenda, writeDue, writeFailure } from "./personRows.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** When something is to be done for a person next. Epoch seconds; 0: now. */
export interface Due {
  readonly personId: PersonId
  readonly at: number
}

/** What earlier turns left for the next one. */
export interface Turn {
  /** Counts the questions so far: see `end`. */
  readonly asked: number
  readonly failures: number
  /** Nothing is tried before, after failures. Epoch seconds. */
  readonly retryAt: number
  /** What was done when, as JSON; null: nothing yet. */
  readonly agenda: string | null
}

/** What is due when, so that nothing has to wake up only to look. */
export class DueWork extends Context.Tag("@withings-bridge/core/store/DueWork")<
  DueWork,
  {
    /** Of everyone in the household, soonest first. */
    readonly all: Effect.Effect<ReadonlyArray<Due>, StoreError>
    /** Everyone of the household is looked at again: the clock, or the configuration, may have changed. */
    readonly askAll: Effect.Effect<void, StoreError>
    /** null: nobody of this household. */
    readonly begin: (personId: PersonId) => Effect.Effect<Turn | null, StoreError>
    /** Notes that something was done, which ends failures in a row. */
    readonly done: (personId: PersonId, agenda: string) => Effect.Effect<void, StoreError>
    readonly failed: (personId: PersonId, retryAt: number) => Effect.Effect<void, StoreError>
    /** Sets when the next turn is due, at the latest; it stays due now where someone asked since `begin`. */
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
      storeError("read what is due"),
    ),
    askAll: everyoneDue(sql, household).pipe(Effect.asVoid, storeError("look at everyone")),
    begin: (personId) =>
      sql<Turn>`
        SELECT asked, failures, retry_at AS "retryAt", agenda FROM person
        WHERE household_id = ${household} AND id = ${personId} AND removed_at IS NULL`.pipe(
        Effect.map(([row]) => row ?? null),
        storeError("read what was done"),
      ),
    done: (personId, agenda) =>
      writeAgenda(sql, { household, id: personId }, agenda).pipe(
        Effect.asVoid,
        storeError("note what was done"),
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
      }).pipe(storeError("note what is due")),
  })
})
