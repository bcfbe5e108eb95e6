import { SqlClient } from "@effect/sql"
import { Context, Effect, Layer } from "effect"
import { epochSeconds } from "./epochSeconds.ts"
import type { PersonId } from "./measure/Person.ts"
import type { ChangeFeed } from "./store/ChangeFeed.ts"
import {
  commitChange,
  deleteChoices,
  deleteMeasures,
  deleteRows,
  tablesOfPresent,
} from "./store/erasePerson.ts"
import { deletePerson, readAnew, writeErased, writeForgotten, writeRemoved } from "./store/personRows.ts"
import { HouseholdId } from "./store/HouseholdId.ts"
import { Lease } from "./store/Lease.ts"
import { storeError, type StoreError } from "./store/StoreError.ts"
import { SignIn } from "./withings/account/SignIn.ts"

/** Someone who was removed while their history was kept. */
export interface RemovedPerson {
  readonly id: PersonId
  readonly name: string
  /** Epoch seconds. */
  readonly removedAt: number
}

/** Removes a person from the household, or deletes their history. */
export class PersonRemoval extends Context.Tag("@withings-bridge/core/PersonRemoval")<
  PersonRemoval,
  {
    /**
     * Signs the person out at Withings and removes them from every home. A kept history returns with their next
     * sign-in. Returns the number of deleted measures.
     */
    readonly remove: (
      personId: PersonId,
      options: { readonly history: "keep" | "delete" },
    ) => Effect.Effect<number, StoreError>
    /**
     * Deletes a person's history and nothing else. `readAgain`: read everything from Withings again, as after a first
     * sign-in. Returns the number of deleted measures.
     */
    readonly deleteHistory: (
      personId: PersonId,
      options?: { readonly readAgain?: boolean },
    ) => Effect.Effect<number, StoreError>
    /** Removed persons whose history is kept. `remove` with "delete" accepts them too. */
    readonly removed: Effect.Effect<ReadonlyArray<RemovedPerson>, StoreError>
    /** Continues deletions that an earlier process did not finish. */
    readonly resume: Effect.Effect<void, StoreError>
  }
>() {
  static readonly layer: Layer.Layer<PersonRemoval, never, Needs | SignIn> = Layer.effect(
    PersonRemoval,
    Effect.gen(function* () {
      const context = yield* Effect.context<Needs>()
      const signIn = yield* SignIn
      const inStore = <A, E>(effect: Effect.Effect<A, E, Needs>) =>
        effect.pipe(Effect.provide(context), storeError("remove a person or a history"))
      return PersonRemoval.of({
        remove: (personId, { history }) =>
          Effect.zipRight(signIn.signOut(personId), inStore(remove(personId, history))),
        deleteHistory: (personId, options) => inStore(deleteHistory(personId, options?.readAgain ?? false)),
        removed: inStore(removed),
        resume: inStore(resume),
      })
    }),
  )

  /** Resumes unfinished deletions in the background. */
  static readonly layerResume: Layer.Layer<never, never, PersonRemoval> = Layer.scopedDiscard(
    Effect.flatMap(PersonRemoval, ({ resume }) => Effect.forkScoped(Effect.ignoreLogged(resume))),
  )
}

type Needs = SqlClient.SqlClient | ChangeFeed | Lease

/** Takes the lease of the person's sync, so that no process adds measures during the change. */
const asOnlyWriter = <A, E, R>(personId: PersonId, change: Effect.Effect<A, E, R>) =>
  Effect.scoped(Effect.flatMap(Lease, (lease) => Effect.zipRight(lease.seize(`sync:${personId}`), change)))

const remove = (personId: PersonId, history: "keep" | "delete") =>
  asOnlyWriter(
    personId,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const erasing = history === "delete"
      yield* commitChange(
        Effect.all([
          deleteChoices(personId),
          deleteRows(tablesOfPresent, personId),
          writeRemoved(sql, personId, erasing),
        ]),
      )
      return erasing ? yield* finish(personId) : 0
    }),
  )

const deleteHistory = (personId: PersonId, readAgain: boolean) =>
  asOnlyWriter(
    personId,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const from = readAgain ? null : yield* epochSeconds
      yield* writeForgotten(sql, personId, from)
      return yield* finish(personId)
    }),
  )

/** Deletes the measures of someone marked for it, then what depends on them, and the person if they were removed. */
const finish = (personId: PersonId) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const deleted = yield* deleteMeasures(personId)
    yield* commitChange(
      Effect.gen(function* () {
        const [person] = yield* writeErased(sql, personId)
        yield* deleteRows(["latest", "feature_month"], personId)
        if (person === undefined) return
        if (person.removed_at !== null) {
          yield* deleteRows([...tablesOfPresent, "sync_cursor"], personId)
          yield* sql`UPDATE claim SET person_id = NULL
            WHERE household_id = ${yield* HouseholdId} AND person_id = ${personId}`
          yield* deletePerson(sql, personId)
        } else if (person.history_from === null) {
          yield* deleteRows(["sync_cursor"], personId)
          yield* readAnew(sql, personId)
        } else
          yield* sql`UPDATE sync_cursor SET history_before = 0, history_done = 0, history_total = 0,
          history_finished = ${person.history_from} WHERE person_id = ${personId}`
      }),
    )
    return deleted
  })

const resume = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const left = yield* sql<{ id: PersonId }>`
    SELECT id FROM person WHERE household_id = ${yield* HouseholdId} AND erasing = 1`
  yield* Effect.forEach(left, ({ id }) => asOnlyWriter(id, finish(id)), { discard: true })
})

const removed = Effect.flatMap(
  Effect.all([SqlClient.SqlClient, HouseholdId]),
  ([sql, household]) =>
    sql<RemovedPerson>`
    SELECT id, name, removed_at AS "removedAt" FROM person
    WHERE household_id = ${household} AND removed_at IS NOT NULL ORDER BY removed_at`,
)
