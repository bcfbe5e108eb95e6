import { Effect } from "effect"
import { makeJsonLines } from "./jsonLines.ts"
import { makeLiveLines, type LiveLines } from "./LiveLines.ts"
import { isTerminal } from "./style.ts"

/** How far something is: for people, and for scripts. */
export interface ProgressRow {
  readonly text: string
  readonly json: object
}

/** `lines`: where others draw, too. */
export const makeProgressLines = (asJson: boolean, lines?: LiveLines) =>
  Effect.gen(function* () {
    const { draw } = lines ?? (yield* makeLiveLines)
    const print = yield* makeJsonLines
    return {
      show: (rows: ReadonlyArray<ProgressRow>): Effect.Effect<void> =>
        asJson ? print(rows.map(({ json }) => json)) : draw(rows.map(({ text }) => text)),
      /** Milliseconds: a terminal gets moving bars, a record a line now and then. */
      showEvery: asJson ? 1_000 : isTerminal ? 100 : 2_000,
    }
  })
