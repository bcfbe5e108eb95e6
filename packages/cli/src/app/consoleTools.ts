import { BackupFailed, logBook, type ConsoleTools } from "@withings-bridge/console"
import { Effect } from "effect"
import { createBackup } from "../backup/createBackup.ts"
import { openBackup } from "../backup/restoreBackup.ts"

/** The log of this process, for the console's page. */
export const pageLog = logBook()

/** Backups, which only the command line knows, for the console. */
export const consoleTools: ConsoleTools = {
  log: pageLog,
  openBackup: (options) =>
    Effect.mapError(openBackup(options), ({ message }) => new BackupFailed({ message })),
  backUp: (options) => Effect.mapError(createBackup(options), ({ message }) => new BackupFailed({ message })),
}
