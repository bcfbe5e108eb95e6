import type { StoreError } from "../store/StoreError.ts"
import type { Reported } from "./Trouble.ts"

/** Messages of SQLite and PostgreSQL for a disk that is full, broken or read-only. */
const unwritable = /is full|no space|readonly|read-only|disk I\/O/iu

export const storeTrouble = (error: StoreError): Reported => ({
  code: unwritable.test(error.message) ? "store-unwritable" : "store-unreachable",
  found: `Nothing can be kept: ${error.message}.`,
})
