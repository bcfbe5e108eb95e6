import { Effect, Metric, Schedule } from "effect"
import { monitorEventLoopDelay } from "node:perf_hooks"
import process from "node:process"
import { Troubles } from "../trouble/Troubles.ts"
import { eventLoopDelay, residentMemory, troublesNow } from "./metrics.ts"

const every = Schedule.spaced("15 seconds")
const nanosecondsPerMillisecond = 1e6

/** Keeps the gauges of this process and of the household's troubles, as long as its scope is open. */
export const watchProcess = Effect.gen(function* () {
  const delay = monitorEventLoopDelay()
  delay.enable()
  yield* Effect.addFinalizer(() => Effect.sync(() => delay.disable()))
  const troubles = yield* Troubles
  const known = new Set<string>()
  const look = Effect.gen(function* () {
    yield* Metric.set(residentMemory, process.memoryUsage.rss())
    yield* Metric.set(eventLoopDelay, delay.percentile(99) / nanosecondsPerMillisecond)
    delay.reset()
    const codes = (yield* troubles.current).map(({ code }) => code)
    for (const code of codes) known.add(code)
    // One that is over goes to zero: a gauge that is no longer set would keep its last value.
    for (const code of known)
      yield* Metric.set(
        Metric.tagged(troublesNow, "code", code),
        codes.filter((other) => other === code).length,
      )
  })
  yield* Effect.forkScoped(Effect.repeat(look, every))
})
