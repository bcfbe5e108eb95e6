import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"

const root = join(import.meta.dirname, "../../..")

/** The one module that writes a table. What erases everything of a person or a household goes by a list of tables. */
const owners: Readonly<Record<string, string>> = {
  announced: "packages/core/src/store/announcedMoments.ts",
  consumer: "packages/core/src/store/consumerRows.ts",
  doubt: "packages/core/src/store/doubt.ts",
  feature_month: "packages/core/src/store/MonthKeeper.ts",
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

it.each(Object.entries(owners))("the table %s is written by one module", (table, owner) => {
  expect(writersOf(table)).toEqual([owner])
})
