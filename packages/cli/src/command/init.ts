import process from "node:process"
import { Command, Options, Prompt } from "@effect/cli"
import { FileSystem } from "@effect/platform"
import { openHome } from "@withings-bridge/core"
import { Console, Effect, Option, Redacted } from "effect"
import { CommandError } from "../CommandError.ts"
import { answer } from "../terminal/answer.ts"
import { bold, cyan, green } from "../terminal/style.ts"
import { configText } from "./configText.ts"
import { home, json } from "./home.ts"

const clientId = Options.text("client-id").pipe(
  Options.withDescription("Client id of your application on developer.withings.com"),
  Options.optional,
)
const clientSecret = Options.text("client-secret").pipe(
  Options.withDescription(
    "Its client secret. Better leave it out: you are asked for it, and it is not shown",
  ),
  Options.optional,
)
const callbackUrl = Options.text("callback-url").pipe(
  Options.withDescription("As registered there"),
  Options.withDefault("http://localhost:7333/callback"),
)
const profiles = Options.text("person").pipe(
  Options.withDescription("Name of a person; once for each"),
  Options.repeated,
)
const force = Options.boolean("force").pipe(Options.withDescription("Replace a config.yaml that is there"))

const isAsked = process.stdin.isTTY === true

const required = (label: string) => (text: string) =>
  text.trim() === "" ? Effect.fail(`${label} is needed.`) : Effect.succeed(text.trim())

/** Takes the option, or asks at the terminal. */
const ask = <E, R>(value: Option.Option<string>, option: string, prompt: Effect.Effect<string, E, R>) =>
  Option.isSome(value)
    ? Effect.succeed(value.value)
    : isAsked
      ? prompt
      : Effect.fail(new CommandError("terminal-needed", `There is no terminal to ask at: give ${option}.`))

const intro = (callback: string) =>
  [
    `${bold("1.")} Open ${cyan("https://developer.withings.com/dashboard/")} and create an application`,
    "   (Public API integration; it is free for a household).",
    `${bold("2.")} Register this as its callback URL, exactly:`,
    "",
    `     ${cyan(callback)}`,
    "",
    `${bold("3.")} Copy its client id and secret here.`,
    "",
  ].join("\n")

export const init = Command.make(
  "init",
  { callbackUrl, clientId, clientSecret, force, profiles, home, json },
  ({ callbackUrl, clientId, clientSecret, force, home, json, profiles }) =>
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const path = `${home}/config.yaml`
      if (!force && (yield* files.exists(path)))
        return yield* new CommandError(
          "file-exists",
          `${path} exists already: edit it, or add --force to replace it.`,
        )
      if (isAsked && !json) yield* Console.log(intro(callbackUrl))
      const id = yield* ask(
        clientId,
        "--client-id",
        Prompt.text({ message: "Client id", validate: required("The client id") }),
      )
      const secret = yield* ask(
        clientSecret,
        "--client-secret",
        Prompt.password({ message: "Client secret", validate: required("The client secret") }).pipe(
          Effect.map(Redacted.value),
        ),
      )
      const names = yield* ask(
        profiles.length > 0 ? Option.some(profiles.join(",")) : Option.none(),
        "--person",
        Prompt.text({ message: "Names of the persons, separated by commas", validate: required("A name") }),
      )
      const text = configText({
        clientId: id,
        clientSecret: secret,
        callbackUrl,
        profiles: names
          .split(",")
          .map((name) => name.trim())
          .filter((name) => name !== ""),
      })
      yield* openHome(home)
      yield* files.writeFileString(path, text, { mode: 0o600 })
      yield* answer(json, { path, callbackUrl }, () =>
        [`${green("✓")} Written: ${path}`, "Next: `withings-bridge connect`, once for each person."].join(
          "\n",
        ),
      )
    }),
)
