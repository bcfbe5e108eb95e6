import process from "node:process"
import { Args, Command, Options } from "@effect/cli"
import {
  HouseholdFeed,
  ownCallback,
  SignIn,
  type Person,
  type SignInError,
  type StoreError,
} from "@withings-bridge/core"
import { Console, Effect, Option } from "effect"
import { signInByCallback } from "../signIn/signInByCallback.ts"
import { openBrowser } from "../signIn/openBrowser.ts"
import { answer } from "../terminal/answer.ts"
import { readLine } from "../terminal/readLine.ts"
import { bold, cyan, green } from "../terminal/style.ts"
import { home, json } from "./home.ts"
import { knownName } from "./personNamed.ts"
import { householdConfig, withHousehold } from "./withHousehold.ts"

const person = Args.text({ name: "person" }).pipe(
  Args.withDescription("Name of the person who signs in, as every home shows it"),
  Args.optional,
)

const landed = Options.text("landed-on").pipe(
  Options.withDescription(
    "The address that Withings redirected the browser to, for a sign-in started earlier",
  ),
  Options.optional,
)

const noBrowser = Options.boolean("no-browser").pipe(
  Options.withDescription("Only print the address to open"),
)

/** Reads lines until one is an address with a code. */
const pasted: Effect.Effect<string> = Effect.flatMap(readLine, (line) =>
  /^https?:\/\/\S+\?\S+/u.test(line.trim())
    ? Effect.succeed(line.trim())
    : Effect.zipRight(
        Console.error("That address has no code in it: copy the whole address line of the browser."),
        Effect.suspend(() => pasted),
      ),
)

/** Asks again for an address that was cut short or belongs to another sign-in. */
const finishPasted: Effect.Effect<Person, SignInError | StoreError, SignIn> = Effect.flatMap(
  pasted,
  (landedOn) =>
    Effect.flatMap(SignIn, (signIn) => signIn.finish(landedOn)).pipe(
      Effect.catchIf(
        (error) => error._tag === "SignInError" && error.reason === "unknown-state",
        ({ message }) =>
          Effect.zipRight(
            Console.error(`${message}\nCopy the whole address and paste it again.`),
            Effect.suspend(() => finishPasted),
          ),
      ),
    ),
)

/** Waits for the callback where this machine can receive it, and for a pasted address. */
const finishSignIn = (callbackUrl: string, state: string) => {
  const address = ownCallback(callbackUrl)
  if (address === null) return finishPasted
  const heard = signInByCallback(address, state).pipe(
    Effect.catchTag("ServeError", () =>
      Console.error(`The port of ${callbackUrl} is taken, so the address must be pasted.`).pipe(
        Effect.zipRight(Effect.never),
      ),
    ),
  )
  // Without a terminal, standard input may be closed, which is no answer.
  return process.stdin.isTTY === true ? Effect.raceFirst(heard, finishPasted) : heard
}

export const connect = Command.make(
  "connect",
  { person, landed, noBrowser, home, json },
  ({ home, json, landed, noBrowser, person: typed }) =>
    Effect.gen(function* () {
      const signIn = yield* SignIn
      if (Option.isSome(landed)) return yield* welcome(yield* signIn.finish(landed.value), json)
      const { callbackUrl, profiles } = yield* householdConfig(home)
      const { persons } = yield* (yield* HouseholdFeed).current
      const names = [...persons.map(({ name }) => name), ...profiles]
      const person = Option.map(typed, (name) => knownName(names, name))
      const { authorizeUrl, state } = yield* signIn.start(
        Option.isSome(person) ? { personName: person.value } : {},
      )
      yield* Console.error(
        [
          `Open this page, sign in as ${Option.getOrElse(person, () => "the person to connect")}, and allow access:`,
          "",
          `  ${cyan(authorizeUrl)}`,
          "",
          "If the browser then shows an error page: copy its whole address, paste it here",
          `within 30 seconds, and press ${bold("Enter")}.`,
        ].join("\n"),
      )
      if (!noBrowser && process.stdout.isTTY) yield* openBrowser(authorizeUrl)
      yield* welcome(yield* finishSignIn(callbackUrl, state), json)
    }).pipe(Effect.scoped, withHousehold(home)),
)

const welcome = (person: { readonly name: string }, asJson: boolean) =>
  answer(
    asJson,
    person,
    () => `${green("✓")} ${person.name} is signed in. Next: \`withings-bridge sync\`, or just start an app.`,
  )
