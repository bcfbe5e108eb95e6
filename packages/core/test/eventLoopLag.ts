import { Effect } from "effect"
import { monitorEventLoopDelay } from "node:perf_hooks"

const lookEvery = 5

/** The longest time in which no timer could run, milliseconds. */
export interface Lag {
  /** By the clock: on a busy machine it is mostly the time of other processes. */
  readonly clock: number
  /** Of this thread's own processor time: what this process itself took, however busy the machine is. */
  readonly own: number
}

const threadTime = () => {
  const { system, user } = process.threadCpuUsage()
  return (system + user) / 1000
}

/** Answers the lag since it was asked last. Ends with its scope. */
export const eventLoopLag = Effect.acquireRelease(
  Effect.sync(() => {
    const delay = monitorEventLoopDelay({ resolution: lookEvery })
    delay.enable()
    let own = 0
    let before = threadTime()
    const look = () => {
      const time = threadTime()
      own = Math.max(own, time - before)
      before = time
    }
    const timer = setInterval(look, lookEvery)
    const take = Effect.sync((): Lag => {
      look()
      const lag = { clock: delay.max / 1e6, own }
      own = 0
      delay.reset()
      return lag
    })
    return { delay, take, timer }
  }),
  ({ delay, timer }) =>
    Effect.sync(() => {
      delay.disable()
      clearInterval(timer)
    }),
).pipe(Effect.map(({ take }) => take))
