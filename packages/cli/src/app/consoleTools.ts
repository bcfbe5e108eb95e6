import { BackupFailed, logBook, type ConsoleTools } from "@withings-bridge/console"
import { Effect } from "effect"
import { createBackup } from "../backup/createBackup.ts"
import { openBackup } from "../backup/restoreBackup.ts"

/** What this process logs, for the console's page. */
export const pageLog = logBook()

/** What the console can do only where the command line is: the console itself knows no backups. */
export const consoleTools: ConsoleTools = {
  log: pageLog,
  openBackup: (options) =>
    Effect.mapError(openBackup(options), ({ message }) => new BackupFailed({ message })),
  backUp: (options) => Effect.mapError(createBackup(options), ({ message }) => new BackupFailed({ message })),
}
