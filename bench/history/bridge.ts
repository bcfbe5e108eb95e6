/** The bridge, from sign-in to the last measure on disk. */
import { History, SyncStatus } from "@withings-bridge/core"
import { Effect, Schedule } from "effect"
import { signIn } from "../../packages/core/test/authorize.ts"
import { unhurriedBridge } from "../../packages/core/test/unhurried.ts"
import { configFor } from "../../packages/core/test/withingsLayer.ts"
import { received, tell, watchProcess } from "./message.ts"

const feeds = 4
const { names, url } = await received()

await Effect.runPromise(
  Effect.gen(function* () {
    const status = yield* SyncStatus
    const history = yield* History
    const taken = watchProcess()
    yield* Effect.forEach(names, (name) => signIn(name))
    const until = (what: (progress: Effect.Effect.Success<typeof status.progress>) => number) =>
      Effect.retry(
        Effect.filterOrFail(
          status.progress,
          (all) => what(all) === names.length * feeds,
          () => "not yet",
        ),
        Schedule.spaced("50 millis"),
      )
    yield* until((all) => all.length)
    const today = taken().milliseconds
    yield* until((all) => all.filter(({ finishedAt }) => finishedAt !== null).length)
    const outcome = taken()
    const measures = (yield* history.counts).reduce((sum, count) => sum + count.measures, 0)
    tell({ ...outcome, measures, today })
  }).pipe(Effect.provide(unhurriedBridge(configFor(url)))),
)
