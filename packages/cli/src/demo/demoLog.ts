import { appendFileSync } from "node:fs"
import { HashMap, Layer, Logger, LogLevel, Option } from "effect"
import { warningLogger } from "../terminal/warningLog.ts"

export interface Warning {
  /** Whose it is: "Matter". */
  readonly title: string
  readonly text: string
}

/** What core and parts log goes to a file, not between the lines on the screen; warnings are told as well. */
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
        const text = Array.isArray(options.message) ? options.message.join(" ") : String(options.message)
        warn({ title: titles.get(String(part)) ?? "Core", text })
      }),
    ),
    Logger.minimumLogLevel(LogLevel.Info),
  )
