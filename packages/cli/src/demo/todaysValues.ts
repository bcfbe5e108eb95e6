import { Console, Effect } from "effect"
import { lookUntil } from "../app/lookUntil.ts"
import { historyIsHere, newestAreHere, watchHistory } from "../history/watchHistory.ts"
import { bold } from "../terminal/style.ts"
import type { LiveLines } from "../terminal/LiveLines.ts"
import { done } from "./story.ts"

/** More than the first pages of all feeds take: homes do not wait for the rest. */
const patience = "20 seconds"

/** Waits until the newest values of each person are here. */
export const todaysValues = (names: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    yield* lookUntil(newestAreHere(names), (yes) => yes, "100 millis").pipe(Effect.timeoutOption(patience))
    yield* done("Today's values are here", "three years of history follow")
  })

/** Shows the rest of the first history below everything else, unless an earlier start has read it. */
export const firstHistory = (names: ReadonlyArray<string>, lines: LiveLines) =>
  Effect.gen(function* () {
    if (yield* historyIsHere(names))
      return yield* done("The history is here already", "from an earlier start")
    yield* Console.log(bold("First history"))
    yield* watchHistory(names, false, lines)
    yield* lines.end
  })
