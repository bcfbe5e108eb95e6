import * as Brand from "effect/Brand"

/** Stable and opaque: the same for the same Withings user over re-sign-ins, restarts and new stores. */
export type PersonId = string & Brand.Brand<"PersonId">
export const PersonId = Brand.nominal<PersonId>()

/** Someone of the household whose Withings account the bridge reads. */
export interface Person {
  readonly id: PersonId
  readonly name: string
  readonly withingsUserId: string
  readonly standing: Standing
  /** Where the person lives, as Withings last said: an IANA name such as "Europe/Paris". */
  readonly timezone?: string | null
}

/** Where a person stands with Withings, for humans: what it is, since when, and what comes next. Epoch seconds. */
export interface Standing {
  readonly state: StandingState
  readonly since: number
  readonly lastSuccess: number | null
  readonly nextTry: number | null
  /** A sentence for the user when something is wrong, else null. */
  readonly reason: string | null
}

export type StandingState = "signed-in" | "needs-sign-in" | "throttled" | "offline" | "never-signed-in"
