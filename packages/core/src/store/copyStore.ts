import { Effect } from "effect"
import { DatabaseSync } from "node:sqlite"
import { storeError, type StoreError } from "./StoreError.ts"

/** Writes a consistent copy of an SQLite store that may be in use. `target` must not exist. */
export const copyStore = (source: string, target: string): Effect.Effect<void, StoreError> =>
  Effect.try(() => {
    const database = new DatabaseSync(source, { readOnly: true })
    try {
      database.prepare("VACUUM INTO ?").run(target)
    } finally {
      database.close()
    }
  }).pipe(storeError("copy the store"))
