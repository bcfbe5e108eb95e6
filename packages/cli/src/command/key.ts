import { Command } from "@effect/cli"
import { HomeKey } from "@withings-bridge/core"
import { Effect } from "effect"
import { answer } from "../terminal/answer.ts"
import { home, json } from "./home.ts"
import { withHousehold } from "./withHousehold.ts"

const rotate = Command.make("rotate", { home, json }, ({ home, json }) =>
  Effect.gen(function* () {
    const persons = yield* (yield* HomeKey).rotate
    yield* answer(
      json,
      { persons },
      () =>
        `The key was changed, and the tokens of ${persons} person${persons === 1 ? "" : "s"} are sealed with it.\n` +
        "Back up the file `key` again, and copy it to the other machines that share the store.",
    )
  }).pipe(withHousehold(home)),
).pipe(Command.withDescription("Changes the key that seals the sign-ins; apps go on running"))

const replaceLost = Command.make("new", { home, json }, ({ home, json }) =>
  Effect.gen(function* () {
    yield* (yield* HomeKey).replaceLost
    yield* answer(
      json,
      { made: true },
      () => "There is a new key. Everyone has to sign in again: `withings-bridge connect`.",
    )
  }).pipe(withHousehold(home)),
).pipe(Command.withDescription("Replaces a lost key: everyone has to sign in again"))

export const key = Command.make("key").pipe(Command.withSubcommands([rotate, replaceLost]))
