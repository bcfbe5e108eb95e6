import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"

const patience = 60_000
const isBusy = (error: unknown) => error instanceof Error && /locked|busy/.test(error.message)

/**
 * Writes to the store behind the bridge's back. The bridge runs in this very process: to wait for its lock would keep
 * it from letting go, so that it is tried again and again instead.
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

/** Rows of the store as it is now. */
export const fromStore = (home: string, query: string): ReadonlyArray<Record<string, unknown>> => {
  const database = new DatabaseSync(join(home, "bridge.db"), { readOnly: true })
  try {
    return database.prepare(query).all()
  } finally {
    database.close()
  }
}

/**
 * Takes away the wait for Withings' allowance of 120 requests a minute: every booking is free again at once. A first
 * history then takes seconds. The allowance has tests of its own in core.
 */
export const unhurried = (home: string): Promise<void> =>
  inStore(
    home,
    `CREATE TRIGGER IF NOT EXISTS unhurried AFTER UPDATE ON request_budget WHEN NEW.booked_until > 0
       BEGIN UPDATE request_budget SET booked_until = 0 WHERE client_id = NEW.client_id; END`,
  )
