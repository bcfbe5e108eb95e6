import { SqlClient } from "@effect/sql"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect, Layer, Schedule } from "effect"
import { statSync } from "node:fs"
import { join } from "node:path"
import { HouseholdFeed } from "../src/HouseholdFeed.ts"
import { ChangeFeed } from "../src/store/ChangeFeed.ts"
import { DueWork } from "../src/store/DueWork.ts"
import { SyncStatus } from "../src/sync/SyncStatus.ts"
import { signIn } from "./authorize.ts"
import { settableClock } from "./settableClock.ts"
import { unhurriedBridge } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

const day = 86_400_000

/** What stands in the store of a household. */
export interface Kept {
  /** Rows of measures that are kept for ever. */
  readonly measures: number
  /** Rows of the minutes of days and nights, which are not. */
  readonly minutes: number
  /** Bytes of what is in all these rows, texts and numbers of eight bytes, without any index. */
  readonly content: number
  /** When the oldest of those minutes was, epoch seconds. */
  readonly oldestMinute: number
  /** Rows of each other table. */
  readonly others: ReadonlyMap<string, number>
  /** Bytes of each table and of its indices. */
  readonly bytes: ReadonlyMap<string, number>
  /** Bytes of the store's file and of the log beside it. */
  readonly file: number
  readonly log: number
}

/** Rows and pages as SQLite counts them. */
const kept = (file: string) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const sizes = yield* sql<{ name: string; bytes: number }>`
      SELECT tbl_name AS name, sum(pgsize) AS bytes FROM dbstat JOIN sqlite_master USING (name) GROUP BY tbl_name`
    const rows = yield* Effect.forEach(sizes, ({ name }) =>
      Effect.map(
        sql<{ n: number }>`SELECT count(*) AS n FROM ${sql(name)}`,
        ([row]) => [name, Number(row?.n)] as const,
      ),
    )
    const [minute] = yield* sql<{ n: number; oldest: number }>`
      SELECT count(*) AS n, min(at) AS oldest FROM measure WHERE source = 'intraday'`
    const [content] = yield* sql<{ bytes: number }>`
      SELECT sum(length(person_id || source || grp || kind || coalesce(device_id, '') || attribution) + 7 * 8) AS bytes
      FROM measure`
    const others = new Map(rows)
    const minutes = Number(minute?.n)
    const measures = (others.get("measure") ?? 0) - minutes
    others.delete("measure")
    const size = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0
    return {
      measures,
      minutes,
      content: Number(content?.bytes),
      oldestMinute: Number(minute?.oldest),
      others,
      bytes: new Map(sizes.map(({ bytes, name }) => [name, Number(bytes)])),
      file: size(file),
      log: size(`${file}-wal`),
    } satisfies Kept
  })

interface Life {
  /** Days between two syncs. */
  readonly daysAtOnce: number
  /** Days for which minutes are kept. */
  readonly intradayDays: number
}

/**
 * One person whose days pass in the simulator and in the bridge at once: each is synced before the next begins.
 * `pass` lives so many days.
 */
export const livedHousehold = Effect.fn("livedHousehold")(function* ({ daysAtOnce, intradayDays }: Life) {
  const { clock, now, pass } = settableClock()
  const cloud = yield* Effect.acquireRelease(
    Effect.promise(() => startSimulator({ years: 0.05, persons: 1, requestsPerMinute: 1_000_000 })),
    (simulator) => Effect.promise(() => simulator.close()),
  )
  const config = configFor(cloud.url, { intradayDays })
  const services = yield* Layer.build(
    Layer.fresh(unhurriedBridge(config)).pipe(Layer.provide(Layer.setClock(clock))),
  )
  const at = <A, E, R>(life: Effect.Effect<A, E, R>) =>
    life.pipe(Effect.provide(services), Effect.provide(Layer.setClock(clock)))
  yield* at(signIn(cloud.persons[0]?.name ?? ""))
  yield* Effect.forkScoped(
    at(Effect.flatMap(HouseholdFeed, (feed) => feed.follow("home", () => Effect.void))),
  )
  const caughtUp = Effect.gen(function* () {
    const progress = yield* (yield* SyncStatus).progress
    const [next] = yield* (yield* DueWork).all
    return (
      progress.length === 4 &&
      progress.every(({ finishedAt }) => finishedAt !== null) &&
      next !== undefined &&
      next.at > now() / 1000
    )
  })
  const wait = Effect.repeat(caughtUp, { until: (yes) => yes, schedule: Schedule.spaced("100 millis") })
  yield* at(wait)
  const live = Effect.gen(function* () {
    pass(daysAtOnce * day)
    yield* Effect.promise(() => cloud.advance((daysAtOnce * day) / 1000))
    yield* (yield* DueWork).askAll
    yield* (yield* ChangeFeed).wake
    yield* wait
  })
  return {
    now,
    pass: (days: number) => at(Effect.repeatN(live, Math.ceil(days / daysAtOnce) - 1)),
    kept: at(kept(join(config.home, "bridge.db"))),
  }
})
