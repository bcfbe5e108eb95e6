import { Effect } from "effect"
import { HouseholdFeed } from "../HouseholdFeed.ts"
import type { Person } from "../measure/Person.ts"
import type { Trouble, TroubleCode } from "../trouble/Trouble.ts"
import { Troubles } from "../trouble/Troubles.ts"
import { type Leaders, SyncStatus } from "./SyncStatus.ts"

/** Troubles that stop the data and that a restart or the operator can end. A lost sign-in is not one. */
const blocking = [
  "store-unreachable",
  "store-unwritable",
  "key-missing",
] as const satisfies ReadonlyArray<TroubleCode>

export type NotReady = (typeof blocking)[number] | "nobody-syncs"

interface Standing {
  readonly persons: ReadonlyArray<Pick<Person, "id" | "standing">>
  readonly leaders: Pick<Leaders, "sync">
  readonly troubles: ReadonlyArray<Pick<Trouble, "code">>
}

/** Why no data flows; empty: it does. */
export const notReady = ({ leaders, persons, troubles }: Standing): ReadonlyArray<NotReady> => {
  const synced = new Set(leaders.sync.map(({ personId }) => personId))
  const isAlone = persons.some(
    ({ id, standing: { state } }) =>
      state !== "needs-sign-in" && state !== "never-signed-in" && !synced.has(id),
  )
  return [
    ...blocking.filter((code) => troubles.some((trouble) => trouble.code === code)),
    ...(isAlone ? (["nobody-syncs"] as const) : []),
  ]
}

/** Over all processes of the household, for a supervisor's probes. It holds no name and no value. */
export const readiness = Effect.gen(function* () {
  const { persons } = yield* (yield* HouseholdFeed).current
  const leaders = yield* (yield* SyncStatus).leaders
  const troubles = yield* (yield* Troubles).current
  return notReady({ persons, leaders, troubles })
}).pipe(Effect.orElseSucceed(() => ["store-unreachable"] as const))
