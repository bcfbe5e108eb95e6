import process from "node:process"
import { Layer, Logger, LogLevel } from "effect"
import { yellow } from "./style.ts"

/** What was logged, as one text. */
export const logText = (message: unknown): string =>
  Array.isArray(message) ? message.map(logText).join(" ") : String(message)

export const warningLogger = Logger.make(({ message }) => {
  process.stderr.write(`${yellow("!")} ${logText(message)}\n`)
})

/**
 * What the core logs while a command runs: only warnings, as sentences, on standard error, since scripts read standard
 * output.
 */
export const warningLog = Layer.merge(
  Logger.replace(Logger.defaultLogger, warningLogger),
  Logger.minimumLogLevel(LogLevel.Warning),
)
