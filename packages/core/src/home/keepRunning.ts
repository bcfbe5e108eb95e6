import { Cause, Clock, Effect, Exit, Logger, LogLevel, Ref, type Scope } from "effect"
import { Troubles } from "../trouble/Troubles.ts"
import type { Part, PartFailure } from "./Home.ts"

/** Seconds before a restart: doubled each time, until the part ran for `trusted` seconds. */
const [shortest, longest, trusted] = [1, 60, 60]

/** A part ended, and restarts after `again` seconds. */
export interface Ended {
  readonly type: "ended"
  readonly why: string
  readonly again: number
  /** Whether it has been up before. */
  readonly wasUp: boolean
}

interface Kept<E, R> {
  /** One life of the part. It calls `up` once others can reach it. */
  readonly run: (up: Effect.Effect<void>) => Effect.Effect<unknown, PartFailure, R>
  readonly onEnd: (event: Ended) => Effect.Effect<void, E>
}

/** Runs a part, and restarts it whenever it ends. Reports a trouble until it is up again. */
export const keepRunning = <E, R>(
  { name, title }: Pick<Part, "name" | "title">,
  { onEnd, run }: Kept<E, R>,
): Effect.Effect<never, E, Troubles | Exclude<R, Scope.Scope>> =>
  Effect.gen(function* () {
    const troubles = yield* Troubles
    const wasUp = yield* Ref.make(false)
    const up = Effect.zipRight(Ref.set(wasUp, true), troubles.resolve("part-stopped", name))
    let again = shortest
    for (;;) {
      const startedAt = yield* Clock.currentTimeMillis
      const exit = yield* Effect.exit(Effect.scoped(run(up)))
      const why = Exit.isFailure(exit) ? reason(exit.cause) : "it ended by itself"
      const seconds = ((yield* Clock.currentTimeMillis) - startedAt) / 1000
      if (seconds >= trusted) again = shortest
      yield* onEnd({ type: "ended", why, again, wasUp: yield* Ref.get(wasUp) })
      // Already reported by `onEnd`.
      yield* troubles
        .report({ code: "part-stopped", aboutId: name, about: title, found: why })
        .pipe(Logger.withMinimumLogLevel(LogLevel.None))
      yield* Effect.sleep(`${again} seconds`)
      again = Math.min(longest, again * 2)
    }
  })

/** A failure is a sentence for users; of a defect, only the first line is readable. */
const reason = (cause: Cause.Cause<PartFailure>): string => {
  const error = Cause.squash(cause)
  const message =
    typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error)
  return message.split("\n")[0] ?? ""
}
