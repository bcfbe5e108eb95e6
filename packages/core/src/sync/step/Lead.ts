import { Effect } from "effect"
import type { PersonId } from "../../measure/Person.ts"
import { Lease, type LeaseGrant } from "../../store/Lease.ts"
import { LeaseLost } from "../LeaseLost.ts"

/** Whose data is read, and by which right. */
export interface Lead {
  readonly personId: PersonId
  readonly grant: LeaseGrant
}

/** Asked inside each writing transaction: who lost the lease while it waited must not write any more. */
export const stillLeads = ({ grant }: Lead) =>
  Effect.flatMap(Lease, (lease) =>
    Effect.filterOrFail(
      lease.holds(grant),
      (holds) => holds,
      () => new LeaseLost({ name: grant.name }),
    ),
  ).pipe(Effect.asVoid)
