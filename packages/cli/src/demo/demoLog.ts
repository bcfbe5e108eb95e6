import { appendFileSync } from "node:fs"
import { HashMap, Layer, Logger, LogLevel, Option } from "effect"
import { logText, warningLogger } from "../terminal/warningLog.ts"

export interface Warning {
  /** The part that warns: "Matter". */
  readonly title: string
  readonly text: string
}

/** Writes the logs of core and parts to a file instead of the screen; `warn` also gets the warnings. */
export const demoLog = (
  path: string,
  titles: ReadonlyMap<string, string>,
  warn: (warning: Warning) => void,
) =>
  Layer.merge(
    Logger.replace(
      warningLogger,
      Logger.make((options) => {
        appendFileSync(path, `${Logger.logfmtLogger.log(options)}\n`)
        if (LogLevel.lessThan(options.logLevel, LogLevel.Warning)) return
        const part = Option.getOrElse(HashMap.get(options.annotations, "part"), () => "")
        warn({ title: titles.get(String(part)) ?? "Core", text: logText(options.message) })
      }),
    ),
    Logger.minimumLogLevel(LogLevel.Info),
  )
