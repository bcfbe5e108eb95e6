import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect, Layer, Schedule } from "effect"
import { statSync } from "node:fs"
import { join } from "node:path"
import { defaultIntradayDays } from "../src/BridgeConfig.ts"
import { HouseholdFeed } from "../src/HouseholdFeed.ts"
import { ChangeFeed } from "../src/store/ChangeFeed.ts"
import { DueWork } from "../src/store/DueWork.ts"
import { SyncStatus } from "../src/sync/SyncStatus.ts"
import { signIn } from "./authorize.ts"
import { settableClock } from "./settableClock.ts"
import { unhurriedBridge } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

/** `LIVED_DAYS=3650` lives ten years. */
const lived = Number(process.env["LIVED_DAYS"] ?? 6)
const half = Math.ceil(lived / 2)
const day = 86_400_000
const rowsOf = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const tables = yield* sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table'`
  const counts = yield* Effect.forEach(tables, ({ name }) =>
    Effect.map(
      sql<{ n: number }>`SELECT count(*) AS n FROM ${sql(name)}`,
      ([row]) => [name, Number(row?.n)] as const,
    ),
  )
  const [minutes] = yield* sql<{ n: number; oldest: number }>`
    SELECT count(*) AS n, min(at) AS oldest FROM measure WHERE source = 'intraday'`
  const others = new Map(counts)
  others.delete("measure")
  const { n, oldest } = { n: Number(minutes?.n), oldest: Number(minutes?.oldest) }
  return { measures: (new Map(counts).get("measure") ?? 0) - n, minutes: n, oldest, others }
})

it.live(
  `a household that lives ${lived} days adds measures to its store, and nothing else`,
  () =>
    Effect.gen(function* () {
      const { clock, now, pass } = settableClock()
      const cloud = yield* Effect.acquireRelease(
        Effect.promise(() => startSimulator({ years: 0.05, persons: 1, requestsPerMinute: 1_000_000 })),
        (simulator) => Effect.promise(() => simulator.close()),
      )
      const config = configFor(cloud.url)
      const size = () => statSync(join(config.home, "bridge.db")).size
      const live = Effect.gen(function* () {
        const [due, feed, sync] = [yield* DueWork, yield* ChangeFeed, yield* SyncStatus]
        yield* signIn(cloud.persons[0]?.name ?? "")
        yield* Effect.forkScoped((yield* HouseholdFeed).follow("home", () => Effect.void))
        const caughtUp = Effect.gen(function* () {
          const progress = yield* sync.progress
          const [next] = yield* due.all
          return (
            progress.length === 4 &&
            progress.every(({ finishedAt }) => finishedAt !== null) &&
            next !== undefined &&
            next.at > now() / 1000
          )
        })
        const wait = Effect.repeat(caughtUp, { until: (yes) => yes, schedule: Schedule.spaced("20 millis") })
        yield* wait
        const liveDay = Effect.gen(function* () {
          pass(day)
          yield* Effect.promise(() => cloud.advance(day / 1000))
          yield* due.askAll
          yield* feed.wake
          yield* wait
        })
        yield* Effect.repeatN(liveDay, half - 1)
        const before = yield* rowsOf
        const bytes = size()
        yield* Effect.repeatN(liveDay, half - 1)
        const after = yield* rowsOf
        yield* Effect.logInfo(
          `In ${half} days: ${size() - bytes} bytes and ${after.measures - before.measures} measures more.`,
          JSON.stringify(Object.fromEntries(after.others)),
        )
        assert.isAbove(after.measures, before.measures)
        assert.isAbove(after.minutes, 0)
        assert.isAtLeast(after.oldest, now() / 1000 - (defaultIntradayDays + 1) * (day / 1000))
        for (const [name, rows] of after.others)
          assert.isAtMost(rows, (before.others.get(name) ?? 0) * 1.5 + 5, name)
      })
      yield* live.pipe(
        Effect.provide(Layer.fresh(unhurriedBridge(config))),
        Effect.provide(Layer.setClock(clock)),
      )
    }).pipe(Effect.scoped),
  { timeout: 240_000 + lived * 10_000 },
)
