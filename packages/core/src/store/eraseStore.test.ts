import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { withPostgres } from "../../test/postgres.ts"
import * as Database from "./Database.ts"
import { eraseServerStore } from "./eraseStore.ts"

await withPostgres((postgres) => {
  it.live("erases every table of a store and no other, and a new store can be made there", () =>
    Effect.gen(function* () {
      const url = yield* postgres.newDatabase
      const inStore = <A, E>(use: (sql: SqlClient.SqlClient) => Effect.Effect<A, E>) =>
        Effect.provide(Effect.flatMap(SqlClient.SqlClient, use), Layer.fresh(Database.layerPostgres(url)))
      yield* inStore((sql) => sql`CREATE TABLE of_others (n BIGINT)`)
      yield* inStore(
        (sql) => sql`INSERT INTO person (id, withings_user_id, client_id, name, state, state_since)
          VALUES ('ann', '1', 'c', 'Ann', 'signed-in', 0)`,
      )
      yield* eraseServerStore(url)
      const left = yield* Effect.gen(function* () {
        const { layer, PgClient } = yield* Effect.promise(() => import("@effect/sql-pg/PgClient"))
        return yield* Effect.flatMap(
          PgClient,
          (sql) => sql<{ name: string }>`
            SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()`,
        ).pipe(Effect.provide(layer({ url })))
      })
      assert.deepStrictEqual(
        left.map(({ name }) => name),
        ["of_others"],
      )
      assert.lengthOf(yield* inStore((sql) => sql`SELECT id FROM person`), 0)
    }),
  )
})
