import { Data, Effect } from "effect"

/** The store could not be read or written: a full disk, a lost server, a damaged file. */
export class StoreError extends Data.TaggedError("StoreError")<{
  readonly operation: string
  readonly cause: unknown
}> {
  readonly code = "store-failed"

  override get message() {
    return `The store could not ${this.operation}: ${reasonOf(this.cause)}`
  }
}

/** The message of a client says little; the reason is in its cause. */
const reasonOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return String(cause)
  if (cause.cause === undefined) return cause.message || cause.name
  const beneath = reasonOf(cause.cause)
  return cause.message.includes(beneath) ? cause.message : `${cause.message}: ${beneath}`
}

/** Adds the operation to a failure. */
export const storeError =
  (operation: string) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, StoreError, R> =>
    Effect.mapError(effect, (cause) =>
      cause instanceof StoreError ? cause : new StoreError({ operation, cause }),
    )
