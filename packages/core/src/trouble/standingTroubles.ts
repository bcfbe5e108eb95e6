import type { Person } from "../measure/Person.ts"
import { toTrouble, type Trouble, type TroubleCode } from "./Trouble.ts"

/** Minutes of no network, or of a pause that Withings asked for, are no trouble for anyone. Seconds. */
const patience = 600

const codes: Readonly<Record<Person["standing"]["state"], TroubleCode | null>> = {
  "signed-in": null,
  // Someone chose to sign out.
  "never-signed-in": null,
  "needs-sign-in": "sign-in-needed",
  offline: "withings-unreachable",
  throttled: "withings-throttled",
}

/** What the standing of each person says is wrong. */
export const standingTroubles = (persons: ReadonlyArray<Person>, now: number): ReadonlyArray<Trouble> =>
  persons.flatMap(({ id, name, standing }) => {
    const code = codes[standing.state]
    if (code === null || (code !== "sign-in-needed" && now - standing.since < patience)) return []
    const found = standing.reason ?? "Withings cannot be read for this person."
    return [toTrouble({ code, aboutId: id, about: name, found }, standing.since)]
  })
