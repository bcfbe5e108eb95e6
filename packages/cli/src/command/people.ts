import { Command } from "@effect/cli"
import { HouseholdFeed, type Person, epochSeconds } from "@withings-bridge/core"
import { Effect } from "effect"
import { ago } from "../terminal/ago.ts"
import { answer } from "../terminal/answer.ts"
import { green, red, wrap, yellow } from "../terminal/style.ts"
import { table } from "../terminal/table.ts"
import { home, json } from "./home.ts"
import { withHousehold } from "./withHousehold.ts"

const standings: Readonly<Record<Person["standing"]["state"], string>> = {
  "signed-in": green("signed in"),
  "needs-sign-in": red("sign in again"),
  throttled: yellow("throttled"),
  offline: yellow("offline"),
  "never-signed-in": yellow("not signed in"),
}

export const peopleTable = (persons: ReadonlyArray<Person>, now: number): string =>
  persons.length === 0
    ? "Nobody has signed in yet: run `withings-bridge connect`."
    : [
        table(
          ["Person", "Withings", "Last sync"],
          persons.map((person) => [
            person.name,
            standings[person.standing.state],
            person.standing.lastSuccess === null ? "never" : ago(person.standing.lastSuccess, now),
          ]),
        ),
        ...persons.flatMap(({ name, standing: { reason } }) =>
          reason === null ? [] : ["", wrap(`${name}: ${reason}`)],
        ),
      ].join("\n")

export const people = Command.make("people", { home, json }, ({ home, json }) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const { persons } = yield* feed.current
    const now = yield* epochSeconds
    yield* answer(json, persons, () => peopleTable(persons, now))
  }).pipe(withHousehold(home)),
)
