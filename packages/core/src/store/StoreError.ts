import { Data, Effect } from "effect"

/** The store could not be read or written: a full disk, a lost server, a damaged file. */
export class StoreError extends Data.TaggedError("StoreError")<{
  readonly operation: string
  readonly cause: unknown
}> {
  override get message() {
    const reason = this.cause instanceof Error ? this.cause.message : String(this.cause)
    return `The store could not ${this.operation}: ${reason}`
  }
}

/** Says what the store was about when a statement failed. */
export const storeError =
  (operation: string) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, StoreError, R> =>
    Effect.mapError(effect, (cause) =>
      cause instanceof StoreError ? cause : new StoreError({ operation, cause }),
    )
