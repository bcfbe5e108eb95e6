import { Args, Command, Options } from "@effect/cli"
import { HouseholdFeed, PersonRemoval } from "@withings-bridge/core"
import { Effect } from "effect"
import { answer } from "../terminal/answer.ts"
import { count } from "../terminal/progressBar.ts"
import { confirmed, yes } from "./confirm.ts"
import { home, json } from "./home.ts"
import { personNamed } from "./personNamed.ts"
import { withHousehold } from "./withHousehold.ts"

const person = Args.text({ name: "person" }).pipe(Args.withDescription("Name of the person: Ann"))
const history = Options.boolean("history").pipe(Options.withDescription("Also delete the local history"))
const readAgain = Options.boolean("read-again").pipe(
  Options.withDescription("Then read everything from Withings again, as after the first sign-in"),
)

/** Someone of the household, or someone whose history was kept after a removal. */
const knownPerson = (typed: string) =>
  Effect.gen(function* () {
    const { persons } = yield* (yield* HouseholdFeed).current
    return yield* personNamed([...persons, ...(yield* (yield* PersonRemoval).removed)], typed)
  })

const nothingDone = (asJson: boolean) => answer(asJson, { done: false }, () => "Nothing was changed.")

export const remove = Command.make(
  "remove",
  { person, history, yes, home, json },
  ({ history, home, json, person, yes }) =>
    Effect.gen(function* () {
      const { id, name } = yield* knownPerson(person)
      const what = history ? "and delete the history" : "and keep the history"
      if (!(yield* confirmed(yes, `Sign ${name} out, remove them from every home, ${what}?`)))
        return yield* nothingDone(json)
      const deleted = yield* (yield* PersonRemoval).remove(id, { history: history ? "delete" : "keep" })
      yield* answer(json, { done: true, person: name, deleted }, () =>
        history
          ? `${name} was removed, with ${count(deleted)} measures.`
          : `${name} was removed. The history is kept: \`withings-bridge connect ${name}\` brings it back,\n` +
            `\`withings-bridge remove ${name} --history\` deletes it.`,
      )
    }).pipe(withHousehold(home)),
)

export const forgetHistory = Command.make(
  "forget-history",
  { person, readAgain, yes, home, json },
  ({ home, json, person, readAgain, yes }) =>
    Effect.gen(function* () {
      const { id, name } = yield* knownPerson(person)
      const after = readAgain ? "and read it again from Withings" : "and keep what is measured from now on"
      if (!(yield* confirmed(yes, `Delete the history of ${name}, ${after}?`)))
        return yield* nothingDone(json)
      const deleted = yield* (yield* PersonRemoval).deleteHistory(id, { readAgain })
      yield* answer(json, { done: true, person: name, deleted }, () =>
        readAgain
          ? `${count(deleted)} measures of ${name} were deleted. A running app reads them again.`
          : `${count(deleted)} measures of ${name} were deleted. What is measured from now on is kept.`,
      )
    }).pipe(withHousehold(home)),
)
