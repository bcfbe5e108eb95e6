import process from "node:process"
import { Layer, Logger, LogLevel } from "effect"
import { yellow } from "./style.ts"

const text = (message: unknown): string =>
  Array.isArray(message) ? message.map(text).join(" ") : String(message)

export const warningLogger = Logger.make(({ message }) => {
  process.stderr.write(`${yellow("!")} ${text(message)}\n`)
})

/**
 * What the core logs while a command runs: only what the user should know, as a sentence, and never between the lines
 * of an answer that a script reads.
 */
export const warningLog = Layer.merge(
  Logger.replace(Logger.defaultLogger, warningLogger),
  Logger.minimumLogLevel(LogLevel.Warning),
)
