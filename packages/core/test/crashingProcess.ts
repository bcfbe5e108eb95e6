/** One process of a household, to be killed or frozen: syncs, and writes down each record that its home is told of. */
import { Effect, Redacted, Schedule } from "effect"
import { appendFileSync } from "node:fs"
import { HouseholdFeed } from "../src/HouseholdFeed.ts"
import { unhurriedBridge } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

const [home = "", url = "", name = ""] = process.argv.slice(2)

const follow = Effect.gen(function* () {
  const feed = yield* HouseholdFeed
  process.send?.("up")
  return yield* feed.follow(name, ({ measured }) =>
    Effect.sync(() => {
      for (const { group } of measured) appendFileSync(`${home}/told-${name}`, `${group}\n`)
    }),
  )
})

await Effect.runPromise(
  Effect.provide(
    follow,
    unhurriedBridge(configFor(url, { home, clientSecret: Redacted.make("demo-secret") })),
    // As every app does: a process that is frozen while it writes keeps the others out for longer than they wait.
  ).pipe(Effect.retry(Schedule.spaced("1 second"))),
)
