import { Console, Effect } from "effect"
import { historyIsHere, watchHistory } from "../history/watchHistory.ts"
import { bold } from "../terminal/style.ts"
import { done } from "./story.ts"

/** Three years of each person, or nothing to wait for when an earlier start brought them. */
export const firstHistory = (persons: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    if (yield* historyIsHere(persons))
      return yield* done("The history is here already", "from an earlier start")
    yield* Console.log(`\n${bold("First history")}`)
    yield* watchHistory(persons)
    yield* Console.log("")
  })
