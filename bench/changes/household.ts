/** One of several processes of a household. Reports what it sees and when. */
import { HouseholdFeed, SyncStatus } from "@withings-bridge/core"
import { Effect, Logger, LogLevel, Schedule, Stream } from "effect"
import { ChangeFeed } from "../../packages/core/src/store/ChangeFeed.ts"
import { signIn } from "../../packages/core/test/authorize.ts"
import { unhurriedHearingBridge } from "../../packages/core/test/unhurried.ts"
import { configFor } from "../../packages/core/test/withingsLayer.ts"
import { clock, type Begin, type Order, type Report } from "./message.ts"

const tell = (report: Report): void => {
  process.send?.(report)
}
const begin = await new Promise<Begin>((resolve) =>
  process.once("message", (message) => resolve(message as Begin)),
)
const webhook = { publicUrl: `http://127.0.0.1:${begin.port}`, host: "127.0.0.1", port: begin.port }
const config = configFor(begin.url, { home: begin.home, webhook })

const obey = Effect.gen(function* () {
  const changes = yield* ChangeFeed
  const orders = Stream.asyncPush<Order>((emit) =>
    Effect.sync(() => process.on("message", (order) => emit.single(order as Order))),
  )
  yield* Stream.runForEach(orders, (order) =>
    Effect.gen(function* () {
      if (order._tag === "Commit") {
        const revision = yield* changes.commit((next) => Effect.succeed({ value: next, changed: true }))
        return tell({ _tag: "Committed", revision, at: clock() })
      }
      const { system, user } = process.cpuUsage()
      tell({ _tag: "Cpu", busy: (system + user) / 1000, rss: process.memoryUsage.rss() / 2 ** 20 })
    }),
  )
})

const look = Effect.gen(function* () {
  const changes = yield* ChangeFeed
  yield* Effect.forkScoped(
    Stream.runForEach(changes.revision.changes, (revision) =>
      Effect.sync(() => tell({ _tag: "Revision", revision, at: clock() })),
    ),
  )
  const feed = yield* HouseholdFeed
  yield* Effect.forkScoped(
    feed.follow(`bench-${process.pid}`, ({ household }) =>
      Effect.sync(() => {
        const features = household.descriptors.flatMap(({ features }) => features)
        const shows = (key: string) => features.find((one) => one.key === key)?.reading?.value ?? null
        tell({ _tag: "Shown", weight: shows("weight"), inBed: shows("in-bed"), at: clock() })
      }),
    ),
  )
})

await Effect.gen(function* () {
  yield* Effect.forkScoped(obey)
  yield* look
  if (begin.signIn !== null) {
    yield* signIn(begin.signIn)
    yield* Effect.retry(
      Effect.filterOrFail(
        Effect.flatMap(SyncStatus, ({ progress }) => progress),
        (all) => all.length === 4 && all.every(({ finishedAt }) => finishedAt !== null),
        () => "not finished",
      ),
      Schedule.spaced("100 millis"),
    )
  }
  tell({ _tag: "Ready" })
  return yield* Effect.never
}).pipe(
  Effect.scoped,
  Effect.provide(unhurriedHearingBridge(config)),
  Logger.withMinimumLogLevel(LogLevel.Warning),
  Effect.runPromise,
)
