import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"

const patience = 60_000
const isBusy = (error: unknown) => error instanceof Error && /locked|busy/.test(error.message)

/**
 * Writes to the database without the bridge. The bridge runs in this process, so waiting for its lock would block it:
 * the write is retried instead.
 */
export const inStore = async (home: string, statements: string): Promise<void> => {
  const database = new DatabaseSync(join(home, "bridge.db"), { timeout: 0 })
  try {
    for (const start = Date.now(); ;) {
      try {
        return database.exec(statements)
      } catch (error) {
        if (!isBusy(error) || Date.now() - start > patience) throw error
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  } finally {
    database.close()
  }
}

/** The current rows of a query. */
export const fromStore = (home: string, query: string): ReadonlyArray<Record<string, unknown>> => {
  const database = new DatabaseSync(join(home, "bridge.db"), { readOnly: true })
  try {
    return database.prepare(query).all()
  } finally {
    database.close()
  }
}

/**
 * Disables the wait for Withings' limit of 120 requests a minute, so that a first history takes seconds. The limit is
 * tested in core.
 */
export const unhurried = (home: string): Promise<void> =>
  inStore(
    home,
    `CREATE TRIGGER IF NOT EXISTS unhurried AFTER UPDATE ON request_budget WHEN NEW.booked_until > 0
       BEGIN UPDATE request_budget SET booked_until = 0 WHERE client_id = NEW.client_id; END`,
  )
