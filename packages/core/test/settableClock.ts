import { Clock, Effect } from "effect"

/** A clock that shows another wall time. Sleeping and monotonic time stay real. */
export const clockOf = (now: () => number): Clock.Clock => {
  const real = Clock.make()
  return {
    [Clock.ClockTypeId]: Clock.ClockTypeId,
    sleep: (duration) => real.sleep(duration),
    unsafeCurrentTimeMillis: now,
    unsafeCurrentTimeNanos: () => real.unsafeCurrentTimeNanos(),
    currentTimeMillis: Effect.sync(now),
    currentTimeNanos: real.currentTimeNanos,
  }
}

/** The machine's clock, as many milliseconds ahead as someone sets it. */
export const settableClock = () => {
  let ahead = 0
  const now = () => Date.now() + ahead
  return { clock: clockOf(now), now, set: (by: number) => (ahead = by), pass: (by: number) => (ahead += by) }
}
