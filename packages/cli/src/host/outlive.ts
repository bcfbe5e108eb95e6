import process from "node:process"
import { Effect, Runtime, type Scope } from "effect"

/** Milliseconds: an open connection of a controller or browser must not keep the process from stopping. */
const stopWithin = 1_800

const text = (error: unknown) => (error instanceof Error ? error.message : String(error)).split("\n")[0]

/**
 * Logs errors that a library throws in a timer or an event. They belong to no fiber, so Node would end the process, and
 * one home would take the others with it.
 */
export const outliveStrayErrors: Effect.Effect<void, never, Scope.Scope> = Effect.gen(function* () {
  const log = Runtime.runSync(yield* Effect.runtime())
  const report = (error: unknown) => log(Effect.logError(`An error outside all parts: ${text(error)}`))
  yield* Effect.acquireRelease(
    Effect.sync(() => process.on("uncaughtException", report).on("unhandledRejection", report)),
    () => Effect.sync(() => process.off("uncaughtException", report).off("unhandledRejection", report)),
  )
})

/** Ends the process if a part takes too long to stop. Calls `stopped` before. */
export const stopInTime = (stopped: () => void): Effect.Effect<void> =>
  Effect.sync(() => {
    const end = () => {
      stopped()
      process.exit(0)
    }
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(signal, () => setTimeout(end, stopWithin).unref())
  })
