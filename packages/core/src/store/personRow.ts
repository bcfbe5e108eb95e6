import type { Person, StandingState, PersonId } from "../measure/Person.ts"

/** A row of the table `person`, as far as it says who someone is and where they stand with Withings. */
export interface PersonRow {
  readonly id: PersonId
  readonly withings_user_id: string
  readonly client_id: string
  readonly name: string
  readonly state: StandingState
  readonly state_since: number
  readonly state_reason: string | null
  readonly last_success: number | null
  readonly next_try: number | null
  readonly timezone: string | null
}

/** PostgreSQL answers whole numbers as text. */
const numberOrNull = (value: number | null) => (value === null ? null : Number(value))

export const toPerson = (row: PersonRow): Person => ({
  id: row.id,
  name: row.name,
  withingsUserId: row.withings_user_id,
  timezone: row.timezone,
  standing: {
    state: row.state,
    since: Number(row.state_since),
    lastSuccess: numberOrNull(row.last_success),
    nextTry: numberOrNull(row.next_try),
    reason: row.state_reason,
  },
})
