import { appendFileSync } from "node:fs"
import { Logger } from "effect"

/** What the core logs in this process goes to a file like every app's log, not between the lines on the screen. */
export const logTo = (path: string) =>
  Logger.replace(
    Logger.defaultLogger,
    Logger.map(Logger.logfmtLogger, (line) => appendFileSync(path, `${line}\n`)),
  )
