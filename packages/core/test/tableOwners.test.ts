import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"

const root = join(import.meta.dirname, "../../..")

/** The module that writes a table, apart from erasing a person or a household, which has a list of all tables. */
const owners: Readonly<Record<string, string | ReadonlyArray<string>>> = {
  announced: "packages/core/src/store/announcedMoments.ts",
  consumer: "packages/core/src/store/consumerRows.ts",
  doubt: "packages/core/src/store/doubt.ts",
  // Each database has triggers that forget months whose measures change.
  feature_month: [
    "packages/core/src/store/MonthKeeper.ts",
    "packages/core/src/store/PostgresClient.ts",
    "packages/core/src/store/SqliteClient.ts",
  ],
  lease: "packages/core/src/store/Lease.ts",
  moment: "packages/core/src/store/momentRows.ts",
  person: "packages/core/src/store/personRows.ts",
  presence: "packages/core/src/store/HouseholdStore.ts",
  request_budget: "packages/core/src/withings/client/RequestBudget.ts",
  sign_in: "packages/core/src/withings/account/SignIn.ts",
  sync_request: "packages/core/src/store/requestRows.ts",
}

const write = /\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(\w+)/g

const writersOf = (table: string): ReadonlyArray<string> =>
  globSync("{packages,apps}/*/src/**/*.ts", { cwd: root, exclude: ["**/*.test.ts", "**/migrations/**"] })
    .filter((file) =>
      [...readFileSync(join(root, file), "utf8").matchAll(write)].some(([, written]) => written === table),
    )
    .toSorted()

it.each(Object.entries(owners))("the table %s is written by its owner alone", (table, owner) => {
  expect(writersOf(table)).toEqual([owner].flat())
})
