import { Logger, type LogLevel } from "effect"

export interface LogLine {
  /** Counts up, so that the page can ask for later lines. */
  readonly number: number
  /** Epoch milliseconds. */
  readonly at: number
  readonly level: "error" | "warning" | "info"
  readonly text: string
}

/** Enough for some days of a quiet household. */
const kept = 2000

const levelOf = ({ _tag }: LogLevel.LogLevel): LogLine["level"] => {
  if (_tag === "Error" || _tag === "Fatal") return "error"
  return _tag === "Warning" ? "warning" : "info"
}

const textOf = (message: unknown): string =>
  Array.isArray(message) ? message.map(textOf).join(" ") : String(message)

/** Keeps the newest log lines of this process for the page, besides the usual log. */
export const logBook = () => {
  const lines: Array<LogLine> = []
  let number = 0
  const logger = Logger.make(({ date, logLevel, message }) => {
    if (logLevel._tag === "Debug" || logLevel._tag === "Trace") return
    number += 1
    lines.push({ number, at: date.getTime(), level: levelOf(logLevel), text: textOf(message) })
    if (lines.length > kept) lines.splice(0, lines.length - kept)
  })
  return {
    logger,
    /** The lines after a number, the oldest first; all of them if the number is from before a restart. */
    after: (last: number): ReadonlyArray<LogLine> =>
      lines.filter((line) => last > number || line.number > last),
  }
}

export type LogBook = ReturnType<typeof logBook>
