import { Command } from "@effect/cli"
import { HouseholdFeed, SyncStatus, type Person } from "@withings-bridge/core"
import { Clock, Effect } from "effect"
import { lookUntil } from "../app/lookUntil.ts"
import { CommandError } from "../CommandError.ts"
import { feedsOfHistory } from "../history/personHistory.ts"
import { historyIsHere, watchHistory } from "../history/watchHistory.ts"
import { answer } from "../terminal/answer.ts"
import { home, json } from "./home.ts"
import { peopleTable } from "./people.ts"
import { withSync } from "./withHousehold.ts"

const patience = "2 minutes"

/** Until Withings has answered for each person once more, or it is known why it does not. */
const answered = (since: number) => (persons: ReadonlyArray<Person>) =>
  persons.every(
    ({ standing: { lastSuccess, state } }) => state !== "signed-in" || (lastSuccess ?? 0) >= since,
  )

export const sync = Command.make("sync", { home, json }, ({ home, json }) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const status = yield* SyncStatus
    const { persons } = yield* feed.current
    if (persons.length === 0)
      return yield* new CommandError({ message: "Nobody has signed in yet: run `withings-bridge connect`." })
    const names = persons.map(({ name }) => name)
    const since = Math.floor((yield* Clock.currentTimeMillis) / 1_000)
    if (yield* historyIsHere(names)) {
      yield* Effect.forEach(persons, ({ id }) =>
        Effect.forEach(feedsOfHistory, (list) => status.request(id, list)),
      )
      yield* lookUntil(
        Effect.map(feed.current, (household) => household.persons),
        answered(since),
        "200 millis",
      ).pipe(Effect.timeoutOption(patience))
    } else if (json) yield* lookUntil(historyIsHere(names), (isHere) => isHere, "200 millis")
    else yield* watchHistory(names)
    const now = Math.floor((yield* Clock.currentTimeMillis) / 1_000)
    const after = yield* feed.current
    yield* answer(json, after.persons, () => peopleTable(after.persons, now))
  }).pipe(withSync(home)),
).pipe(Command.withDescription("Brings what is new from Withings now; the first time, the whole history"))
