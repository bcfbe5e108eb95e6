import { type Diagnostic, LogFormat, Logger, LogLevel } from "@matter/main"

/** Milliseconds after which the same sentence is logged again. */
const sayAgainAfter = 10 * 60_000

/**
 * What matter.js warns of, each as one line without a stack trace and not again and again: it tells at length of
 * controllers that are switched off. Whoever asks for info or debug gets matter.js' own, longer lines.
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

/** The first line of each thing that was logged: an error's message, without where it happened. */
const sentenceOf = (values: ReadonlyArray<unknown>): string =>
  values
    .map((value) => (value instanceof Error ? value.message : plain(value)))
    .map((text) => (text.split("\n")[0] ?? "").trim())
    .filter((text) => text !== "")
    .join(" ")

const plain = (value: unknown): string => (typeof value === "string" ? value : LogFormat("plain")(value))
