import { Logger, type LogLevel } from "effect"

export interface LogLine {
  /** Counts up, so that a page can ask for what came after. */
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

/** The newest lines that this process logged, for the page. They are written elsewhere too, as ever. */
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
    /** What came after a line, the oldest first. */
    after: (last: number): ReadonlyArray<LogLine> => lines.filter((line) => line.number > last),
  }
}

export type LogBook = ReturnType<typeof logBook>
