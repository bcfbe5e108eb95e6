import process from "node:process"
import { Effect } from "effect"
import { fitted, isTerminal } from "./style.ts"

/** Lines that are drawn again in their place on a terminal, and simply printed where output is recorded. */
export interface LiveLines {
  readonly draw: (lines: ReadonlyArray<string>) => Effect.Effect<void>
}

export const makeLiveLines: Effect.Effect<LiveLines> = Effect.sync(() => {
  let drawn = 0
  return {
    // A line that breaks would be two when it is drawn over, so each is cut.
    draw: (lines) =>
      Effect.sync(() => {
        const up = isTerminal && drawn > 0 ? `\u001b[${drawn}A` : ""
        const clear = isTerminal ? "\u001b[2K" : ""
        process.stdout.write(up + lines.map((line) => `${clear}${fitted(line, 1)}\n`).join(""))
        drawn = lines.length
      }),
  }
})
