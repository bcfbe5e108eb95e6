import { Clock, Effect } from "effect"

/** The machine's clock as someone sets it, so many milliseconds ahead. Waiting and steady time go on as they are. */
export const settableClock = () => {
  const real = Clock.make()
  let ahead = 0
  const now = () => Date.now() + ahead
  const clock: Clock.Clock = {
    [Clock.ClockTypeId]: Clock.ClockTypeId,
    sleep: (duration) => real.sleep(duration),
    unsafeCurrentTimeMillis: now,
    unsafeCurrentTimeNanos: () => real.unsafeCurrentTimeNanos(),
    currentTimeMillis: Effect.sync(now),
    currentTimeNanos: real.currentTimeNanos,
  }
  return { clock, now, set: (by: number) => (ahead = by), pass: (by: number) => (ahead += by) }
}
