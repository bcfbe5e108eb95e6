import process from "node:process"
import { Effect } from "effect"
import { isTerminal } from "./style.ts"

/** Lines that are drawn again in their place on a terminal, and simply printed where output is recorded. */
export interface LiveLines {
  readonly draw: (lines: ReadonlyArray<string>) => Effect.Effect<void>
}

export const makeLiveLines: Effect.Effect<LiveLines> = Effect.sync(() => {
  let drawn = 0
  return {
    draw: (lines) =>
      Effect.sync(() => {
        const up = isTerminal && drawn > 0 ? `\u001b[${drawn}A` : ""
        const clear = isTerminal ? "\u001b[2K" : ""
        process.stdout.write(up + lines.map((line) => `${clear}${line}\n`).join(""))
        drawn = lines.length
      }),
  }
})
