import { Effect, Layer, type Redacted } from "effect"
import { afterAll, describe } from "vitest"
import { ChangeFeed } from "../src/store/ChangeFeed.ts"
import * as Database from "../src/store/Database.ts"
import { NoPostgres, type Postgres, startPostgres } from "./embeddedPostgres.ts"

/** Stands in for a server that cannot run here; what would use it is skipped. */
const noServer: Postgres = {
  newDatabase: Effect.never,
  administer: () => Effect.never,
  close: () => Promise.resolve(),
  pid: 0,
}

/** A server of the test file's own, unless there can be none, and then it says why. Any other failure is one of the tests. */
const startOrSayWhyNot = () =>
  startPostgres().catch((error: unknown) => {
    if (!(error instanceof NoPostgres)) throw error
    console.warn(`\n!! PostgreSQL does not run here, what needs it is SKIPPED: ${error.message}\n`)
    return noServer
  })

export interface StoreUnderTest {
  readonly kind: "SQLite" | "PostgreSQL"
  /** A new store with each build. */
  readonly layer: Layer.Layer<Layer.Layer.Success<typeof Database.layerMemory> | ChangeFeed, unknown>
  /** For a configuration. */
  readonly newStore: Effect.Effect<{ readonly store?: Redacted.Redacted }>
}

const sqlite: StoreUnderTest = {
  kind: "SQLite",
  layer: Layer.provideMerge(ChangeFeed.layerMemory, Database.layerMemory),
  newStore: Effect.succeed({}),
}

const onPostgres = ({ newDatabase }: Postgres): StoreUnderTest => ({
  kind: "PostgreSQL",
  layer: Layer.unwrapEffect(Effect.map(newDatabase, (store) => Database.layerStore({ home: "", store }))),
  newStore: Effect.map(newDatabase, (store) => ({ store })),
})

/** Tests what needs a PostgreSQL server. */
export const withPostgres = async (tests: (postgres: Postgres) => void) => {
  const postgres = await startOrSayWhyNot()
  describe.skipIf(postgres === noServer)("on PostgreSQL", () => {
    afterAll(postgres.close)
    tests(postgres)
  })
}

/** The same tests on every kind of store. */
export const onEveryStore = async (tests: (store: StoreUnderTest) => void) => {
  describe("on SQLite", () => {
    tests(sqlite)
  })
  await withPostgres((postgres) => tests(onPostgres(postgres)))
}
