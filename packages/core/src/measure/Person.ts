import * as Brand from "effect/Brand"

/** Opaque. The same Withings user keeps it over new sign-ins, restarts and new stores. */
export type PersonId = string & Brand.Brand<"PersonId">
export const PersonId = Brand.nominal<PersonId>()

/** A member of the household whose Withings account the bridge reads. */
export interface Person {
  readonly id: PersonId
  readonly name: string
  readonly withingsUserId: string
  readonly standing: Standing
  /** IANA name such as "Europe/Paris", as Withings last reported it. */
  readonly timezone?: string | null
}

/** State of a person's sign-in. Times are epoch seconds. */
export interface Standing {
  readonly state: StandingState
  readonly since: number
  readonly lastSuccess: number | null
  readonly nextTry: number | null
  /** A sentence for the user when something is wrong, else null. */
  readonly reason: string | null
}

export type StandingState = "signed-in" | "needs-sign-in" | "throttled" | "offline" | "never-signed-in"
