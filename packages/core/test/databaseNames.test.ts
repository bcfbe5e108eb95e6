import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"

const root = join(import.meta.dirname, "../../..")

/** Loads a database's driver, asks which one it is, or reaches past `Dialect`. */
const namesADatabase =
  /"node:sqlite"|@effect\/sql-pg|onDialect|\/(SqliteClient|PostgresClient|PostgresSignal)\.ts"/

/** The clients, what chooses one, and what works on a closed store. The hub is made for PostgreSQL. */
const allowed = [
  "Database.ts",
  "PostgresClient.ts",
  "PostgresSignal.ts",
  "SqliteClient.ts",
  "SqliteReader.ts",
  "copyStore.ts",
  "eraseStore.ts",
  "readerThread.ts",
  "sqliteDatabase.ts",
].map((name) => `packages/core/src/store/${name}`)

it("another database is a client and a choice: no other file names one", () => {
  const found = globSync("{packages,apps}/*/src/**/*.ts", {
    cwd: root,
    exclude: ["**/*.test.ts", "apps/hub/**", "packages/core/src/hub/**"],
  }).filter((file) => namesADatabase.test(readFileSync(join(root, file), "utf8")))
  expect(found.toSorted()).toEqual(allowed)
})
