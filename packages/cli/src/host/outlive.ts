import process from "node:process"
import { Effect, Runtime, type Scope } from "effect"

/** Milliseconds: a controller or a browser that never lets go must not keep the process from stopping. */
const stopWithin = 1_800

const text = (error: unknown) => (error instanceof Error ? error.message : String(error)).split("\n")[0]

/**
 * An error that a library throws in a timer or an event belongs to no fiber, and Node would end the process: one home
 * would take the others with it. It is logged instead.
 */
export const outliveStrayErrors: Effect.Effect<void, never, Scope.Scope> = Effect.gen(function* () {
  const log = Runtime.runSync(yield* Effect.runtime())
  const told = (error: unknown) => log(Effect.logError(`An error outside of every part: ${text(error)}`))
  yield* Effect.acquireRelease(
    Effect.sync(() => process.on("uncaughtException", told).on("unhandledRejection", told)),
    () => Effect.sync(() => process.off("uncaughtException", told).off("unhandledRejection", told)),
  )
})

/** Ends the process if a part takes too long to stop. */
export const stopInTime: Effect.Effect<void> = Effect.sync(() => {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => setTimeout(() => process.exit(0), stopWithin).unref())
})
