import type { Person } from "../measure/Person.ts"
import { toTrouble, type Trouble, type TroubleCode } from "./Trouble.ts"

/** Seconds: short outages and pauses are no trouble. */
const patience = 600

const codes: Readonly<Record<Person["standing"]["state"], TroubleCode | null>> = {
  "signed-in": null,
  // Someone chose to sign out.
  "never-signed-in": null,
  "needs-sign-in": "sign-in-needed",
  offline: "withings-unreachable",
  throttled: "withings-throttled",
}

/** The troubles in the standings of persons. */
export const standingTroubles = (persons: ReadonlyArray<Person>, now: number): ReadonlyArray<Trouble> =>
  persons.flatMap(({ id, name, standing }) => {
    const code = codes[standing.state]
    if (code === null || (code !== "sign-in-needed" && now - standing.since < patience)) return []
    const found = standing.reason ?? "Withings cannot be read for this person."
    return [toTrouble({ code, aboutId: id, about: name, found }, standing.since)]
  })
