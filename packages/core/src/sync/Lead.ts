import { Data, Effect } from "effect"
import type { PersonId } from "../measure/Person.ts"
import { Lease, type LeaseGrant } from "../store/Lease.ts"

/** The lease of the process that syncs the household. */
export const leaderLease = "sync"

/** Another process took the lease while this one slept. */
export class LeaseLost extends Data.TaggedError("LeaseLost")<{ readonly name: string }> {
  override get message() {
    return `Another process took over ${this.name}.`
  }
}

/** Whose data is read, under which lease. */
export interface Lead {
  readonly personId: PersonId
  readonly grant: LeaseGrant
}

/** Fails once the lease is lost. Belongs into each transaction that writes: it may have waited while another took over. */
export const stillLeads = Effect.fnUntraced(function* ({ grant }: Pick<Lead, "grant">) {
  if (!(yield* (yield* Lease).holds(grant))) return yield* new LeaseLost({ name: grant.name })
})
