import { Context, type Effect, type Scope } from "effect"
import type { StoreError } from "./StoreError.ts"

/**
 * The right to do something alone among all processes that share the store: sync one person, refresh one token,
 * listen for webhooks. A row of holder, expiry and a fencing number that grows with every new holder.
 */
export interface LeaseGrant {
  readonly name: string
  readonly fencing: number
}

export class Lease extends Context.Tag("@withings-bridge/core/store/Lease")<
  Lease,
  {
    /** Takes the lease if it is free or expired, renews it in the background until the scope ends, then gives it back. */
    readonly tryAcquire: (name: string) => Effect.Effect<LeaseGrant | null, StoreError, Scope.Scope>
    /** Waits for the lease, runs the effect as its only holder, gives it back. */
    readonly withLease: (
      name: string,
    ) => <A, E, R>(use: (grant: LeaseGrant) => Effect.Effect<A, E, R>) => Effect.Effect<A, E | StoreError, R>
    /** True while the grant still stands: to be asked inside the transaction that depends on it. */
    readonly holds: (grant: LeaseGrant) => Effect.Effect<boolean, StoreError>
  }
>() {}
