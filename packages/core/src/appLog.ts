import { Cause, Logger, type LogLevel } from "effect"

/** The prefix by which the command line recognizes the level of an app's log line. */
const wordOf = ({ _tag }: LogLevel.LogLevel): string => {
  if (_tag === "Warning") return "Warning: "
  return _tag === "Error" || _tag === "Fatal" ? "Error: " : ""
}

/** A message as it is logged: its parts in one line. */
export const messageText = (message: unknown): string =>
  Array.isArray(message) ? message.map(messageText).join(" ") : String(message)

/** "2026-11-21 09:30:00 Warning: It stumbled (no space left)": one line, in the time of this machine. */
export const logLine = Logger.make(({ cause, date, logLevel, message }): string => {
  const [why] = Cause.prettyErrors(cause)
  const text = `${messageText(message)}${why === undefined ? "" : ` (${why.message})`}`
  return `${localDate(date)} ${date.toTimeString().slice(0, 8)} ${wordOf(logLevel)}${text.replaceAll(/\s*\n\s*/g, " ")}`
})

/** ISO 8601, as Sweden writes it. */
const localDate = (date: Date): string => date.toLocaleDateString("sv-SE")

/** The log of an app that people start themselves: on standard error, for humans. */
export const appLog = Logger.replace(Logger.defaultLogger, Logger.withConsoleError(logLine))
