import process from "node:process"
import { Command, Options } from "@effect/cli"
import { HouseholdFeed, SyncStatus, type Person, epochSeconds } from "@withings-bridge/core"
import { Console, Effect } from "effect"
import { lookUntil } from "../app/lookUntil.ts"
import { CommandError } from "../CommandError.ts"
import { rereadAll, rereadText } from "../history/rereadAll.ts"
import { historyIsHere, watchHistory } from "../history/watchHistory.ts"
import { home, jsonLines } from "./home.ts"
import { peopleTable } from "./people.ts"
import { withSync } from "./withHousehold.ts"

const patience = "2 minutes"

const full = Options.boolean("full").pipe(
  Options.withDescription("Read everything again, to find what was changed or deleted at Withings long ago"),
)

/** Whether Withings has answered for each person since then, or it is known why not. */
const answered = (since: number) => (persons: ReadonlyArray<Person>) =>
  persons.every(
    ({ standing: { lastSuccess, state } }) => state !== "signed-in" || (lastSuccess ?? 0) >= since,
  )

/** Requests new data and waits for it. */
const fetchNew = (persons: ReadonlyArray<Person>) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const status = yield* SyncStatus
    const since = yield* epochSeconds
    yield* Effect.forEach(persons, ({ id }) => status.requestAll(id))
    yield* lookUntil(
      Effect.map(feed.current, (household) => household.persons),
      answered(since),
      "200 millis",
    ).pipe(Effect.timeoutOption(patience))
  })

/** The last of the JSON lines. */
const done = (outcome: object) => Console.log(JSON.stringify({ type: "done", ...outcome }))

export const sync = Command.make("sync", { full, home, json: jsonLines }, ({ full, home, json }) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const { persons } = yield* feed.current
    const signedIn = persons.filter(
      ({ standing: { state } }) => state !== "needs-sign-in" && state !== "never-signed-in",
    )
    if (signedIn.length === 0)
      return yield* new CommandError(
        "nobody-signed-in",
        persons.length === 0
          ? "Nobody has signed in yet: run `withings-bridge connect`."
          : `Nobody is signed in any more: run \`withings-bridge connect "${persons[0]?.name}"\`.`,
      )
    const names = signedIn.map(({ name }) => name)
    const ids = new Set(signedIn.map(({ id }) => id))
    const isHere = yield* historyIsHere(names)
    if (isHere && full) {
      const rereads = yield* rereadAll(signedIn, json)
      if (rereads.some(({ unanswered }) => unanswered.length > 0)) process.exitCode = 1
      if (json) return yield* done({ rereads })
      return yield* Console.log(["", ...rereads.map(rereadText)].join("\n"))
    }
    if (isHere) yield* fetchNew(signedIn)
    // A first history reads everything anyway.
    else yield* watchHistory(names, json)
    const now = yield* epochSeconds
    const after = yield* feed.current
    if (after.persons.some(({ id, standing }) => ids.has(id) && standing.state !== "signed-in"))
      process.exitCode = 1
    yield* json ? done({ persons: after.persons }) : Console.log(peopleTable(after.persons, now))
  }).pipe(withSync(home)),
)
