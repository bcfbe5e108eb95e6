import process from "node:process"
import { Effect } from "effect"
import { isTerminal, withoutColour } from "./style.ts"

/** Lines that are drawn again in their place on a terminal, and simply printed where output is recorded. */
export interface LiveLines {
  readonly draw: (lines: ReadonlyArray<string>) => Effect.Effect<void>
}

/** A line that breaks would be two when it is drawn over, so it is cut, colours and all. */
const fitted = (line: string): string => {
  const columns = process.stdout.columns ?? Number.POSITIVE_INFINITY
  const plain = withoutColour(line)
  return isTerminal && plain.length >= columns ? plain.slice(0, columns - 1) : line
}

export const makeLiveLines: Effect.Effect<LiveLines> = Effect.sync(() => {
  let drawn = 0
  return {
    draw: (lines) =>
      Effect.sync(() => {
        const up = isTerminal && drawn > 0 ? `\u001b[${drawn}A` : ""
        const clear = isTerminal ? "\u001b[2K" : ""
        process.stdout.write(up + lines.map((line) => `${clear}${fitted(line)}\n`).join(""))
        drawn = lines.length
      }),
  }
})
