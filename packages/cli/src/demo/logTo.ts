import { appendFileSync } from "node:fs"
import { Layer, Logger, LogLevel } from "effect"
import { warningLogger } from "../terminal/warningLog.ts"

/** What the core logs in this process goes to a file like every app's log, not between the lines on the screen. */
export const logTo = (path: string) =>
  Layer.merge(
    Logger.replace(
      warningLogger,
      Logger.map(Logger.logfmtLogger, (line) => appendFileSync(path, `${line}\n`)),
    ),
    Logger.minimumLogLevel(LogLevel.Info),
  )
