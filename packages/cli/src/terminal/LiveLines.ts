import process from "node:process"
import { Console, Effect } from "effect"
import { fitted, isTerminal } from "./style.ts"

/** Lines that are redrawn in place on a terminal; in a record, each is printed when it changes. */
export interface LiveLines {
  readonly draw: (lines: ReadonlyArray<string>) => Effect.Effect<void>
  /** Keeps what is drawn: the next lines begin below. */
  readonly end: Effect.Effect<void>
  /** Prints the output of an effect above the lines. */
  readonly above: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}

export const makeLiveLines: Effect.Effect<LiveLines> = Effect.sync(() => {
  let drawn = 0
  let printed: ReadonlySet<string> = new Set()
  const up = () => (isTerminal && drawn > 0 ? `\u001b[${drawn}A` : "")
  const clear = isTerminal ? "\u001b[2K" : ""
  const end = Effect.sync(() => {
    drawn = 0
  })
  const wipe = Effect.sync(() => {
    if (up() !== "") process.stdout.write(`${up()}\u001b[J`)
    drawn = 0
  })
  return {
    end,
    // Cut lines: a wrapped one would take two rows when drawn over.
    draw: (lines) =>
      Effect.sync(() => {
        const wanted = isTerminal ? lines : lines.filter((line) => !printed.has(line))
        process.stdout.write(up() + wanted.map((line) => `${clear}${fitted(line, 1)}\n`).join(""))
        drawn = lines.length
        printed = new Set(lines)
      }),
    above: (effect) =>
      Console.consoleWith((console) =>
        Effect.withConsole(effect, {
          ...console,
          log: (...words) => Effect.zipRight(wipe, console.log(...words)),
        }),
      ),
  }
})
