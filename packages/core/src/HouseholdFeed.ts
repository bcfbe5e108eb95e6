import { Context, type Effect } from "effect"
import type { Household, HouseholdChange } from "./device/Household.ts"
import type { StoreError } from "./store/StoreError.ts"

export interface Consumer {
  readonly name: string
  readonly revision: number
  /** Epoch milliseconds. */
  readonly toldAt: number
}

/** Where every app gets what it shows: the household as it stands, and each change to it. */
export class HouseholdFeed extends Context.Tag("@withings-bridge/core/HouseholdFeed")<
  HouseholdFeed,
  {
    readonly current: Effect.Effect<Household, StoreError>
    /**
     * Calls the handler at once with where everything stands, then after every change, whichever process made it;
     * changes that come while the handler works are given to it together. The consumer's revision is kept when the
     * handler succeeds: over restarts no measured event is lost, and none is told twice unless the handler failed.
     * A consumer that is new is told no measured events of the past.
     */
    readonly follow: <E, R>(
      consumer: string,
      handler: (change: HouseholdChange) => Effect.Effect<void, E, R>,
    ) => Effect.Effect<never, E | StoreError, R>
    /** How far each consumer has told its home. */
    readonly consumers: Effect.Effect<ReadonlyArray<Consumer>, StoreError>
  }
>() {}
