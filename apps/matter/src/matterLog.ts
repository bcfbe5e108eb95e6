import { type Diagnostic, LogFormat, Logger, LogLevel } from "@matter/main"

/** Milliseconds before the same message is logged again. */
const sayAgainAfter = 10 * 60_000

/**
 * Shortens matter.js' warnings to one line without a stack trace and drops repetitions: it logs a lot about controllers
 * that are switched off.
 */
export const shortenMatterLog = (log: (isError: boolean, sentence: string) => void): void => {
  const destination = Logger.destinations["default"]
  if (destination === undefined) return
  const said = new Map<string, number>()
  destination.add = ({ facility, level, now, values }: Diagnostic.Message) => {
    const sentence = sentenceOf(values)
    const at = now.getTime()
    if (at - (said.get(sentence) ?? 0) < sayAgainAfter) return
    said.set(sentence, at)
    log(level >= LogLevel.ERROR, `Matter (${facility}): ${sentence}`)
  }
}

/** The first line of each value: of an error its message without the stack trace. */
const sentenceOf = (values: ReadonlyArray<unknown>): string =>
  values
    .map((value) => (value instanceof Error ? value.message : plain(value)))
    .map((text) => (text.split("\n")[0] ?? "").trim())
    .filter((text) => text !== "")
    .join(" ")

const plain = (value: unknown): string => (typeof value === "string" ? value : LogFormat("plain")(value))
