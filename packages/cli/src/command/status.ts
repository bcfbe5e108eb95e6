import { Command } from "@effect/cli"
import {
  HouseholdFeed,
  SyncStatus,
  Troubles,
  epochSeconds,
  personHistory,
  toSeconds,
} from "@withings-bridge/core"
import { Effect } from "effect"
import { ago } from "../terminal/ago.ts"
import { answer } from "../terminal/answer.ts"
import { bar, count } from "../terminal/progressBar.ts"
import { bold } from "../terminal/style.ts"
import { table } from "../terminal/table.ts"
import { home, json } from "./home.ts"
import { peopleTable } from "./people.ts"
import { troublesText } from "./troubles.ts"
import { withHousehold } from "./withHousehold.ts"

export const status = Command.make("status", { home, json }, ({ home, json }) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const { descriptors, persons, revision } = yield* feed.current
    const consumers = yield* feed.consumers
    const troubles = yield* (yield* Troubles).current
    const progress = yield* (yield* SyncStatus).progress
    const now = yield* epochSeconds
    const histories = persons.map((person) => ({
      person: person.name,
      ...personHistory(progress, person.id),
    }))
    yield* answer(
      json,
      { revision, persons, troubles, histories, apps: consumers, devices: descriptors.length },
      () =>
        [
          peopleTable(persons, now),
          "",
          ...(troubles.length === 0 ? [] : [...troublesText(troubles, now), ""]),
          ...(histories.length === 0
            ? []
            : [
                table(
                  ["First history", "", "Measures"],
                  histories.map(({ done, isComplete, person, total }) => [
                    person,
                    bar(isComplete ? 1 : total ? done / total : 0, 14),
                    isComplete ? count(done) : total ? `${count(done)} of ${count(total)}` : count(done),
                  ]),
                ),
                "",
              ]),
          consumers.length === 0
            ? "No app has run with this household yet."
            : table(
                ["App", "Home updated"],
                consumers.map(({ name, revision: reached, toldAt }) => [
                  name,
                  `${ago(toSeconds(toldAt), now)}${reached < revision ? ", not yet the newest" : ""}`,
                ]),
              ),
          ...(descriptors.length === 0
            ? []
            : ["", `${bold(String(descriptors.length))} devices: \`withings-bridge devices\` shows them.`]),
        ].join("\n"),
    )
  }).pipe(withHousehold(home)),
)
