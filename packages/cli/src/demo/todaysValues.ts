import { HouseholdFeed, SyncStatus, personHistory } from "@withings-bridge/core"
import { Console, Effect } from "effect"
import { lookUntil } from "../app/lookUntil.ts"
import { historyIsHere, watchHistory } from "../history/watchHistory.ts"
import { bold } from "../terminal/style.ts"
import type { LiveLines } from "../terminal/LiveLines.ts"
import { done } from "./story.ts"

/** Longer than the first pages of every list take: homes are not kept waiting for the rest. */
const patience = "20 seconds"

/** Waits until the newest values of each person are here: the first page of every list, which also says how much there is. */
export const todaysValues = (names: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const sync = yield* SyncStatus
    const areHere = Effect.gen(function* () {
      const { persons } = yield* feed.current
      const progress = yield* sync.progress
      return names.every((name) => {
        const person = persons.find((each) => each.name === name)
        if (person === undefined) return false
        const { isComplete, total } = personHistory(progress, person.id)
        return isComplete || total !== null
      })
    })
    yield* lookUntil(areHere, (yes) => yes, "100 millis").pipe(Effect.timeoutOption(patience))
    yield* done("Today's values are here", "three years of history follow")
  })

/** The rest of the first history, drawn below all else; nothing to wait for when an earlier start brought it. */
export const firstHistory = (names: ReadonlyArray<string>, lines: LiveLines) =>
  Effect.gen(function* () {
    if (yield* historyIsHere(names))
      return yield* done("The history is here already", "from an earlier start")
    yield* Console.log(bold("First history"))
    yield* watchHistory(names, { lines })
    yield* lines.end
  })
