import type { StandingState } from "../measure/Person.ts"

const says: Readonly<Record<StandingState, string>> = {
  "signed-in": "is signed in at Withings",
  "needs-sign-in": "needs to sign in at Withings",
  throttled: "paused: Withings' limit of requests was reached, resuming automatically",
  offline: "cannot be read from Withings for now",
  "never-signed-in": "is not signed in",
}

/** The log line for a changed standing. */
export const standingLine = (name: string, state: StandingState, reason: string | null): string =>
  reason === null ? `${name} ${says[state]}.` : `${name} ${says[state]}: ${reason}`
