import type { StoreError } from "../store/StoreError.ts"
import type { Reported } from "./Trouble.ts"

/** SQLite's and PostgreSQL's words for a disk that is full, broken or not to be written. */
const unwritable = /is full|no space|readonly|read-only|disk I\/O/iu

/** What a failure of the store means for the household. */
export const storeTrouble = (error: StoreError): Reported => ({
  code: unwritable.test(error.message) ? "store-unwritable" : "store-unreachable",
  found: `Nothing can be kept: ${error.message}.`,
})
