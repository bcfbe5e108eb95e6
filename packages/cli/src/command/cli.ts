import { CliConfig, Command } from "@effect/cli"
import type { Home } from "@withings-bridge/core"
import { Console, Effect, HashMap } from "effect"
import { helpText } from "../terminal/helpText.ts"
import { coloured, withoutColour } from "../terminal/style.ts"
import { backup, restore } from "./backup.ts"
import { checkConfig } from "./checkConfig.ts"
import { connect } from "./connect.ts"
import { openConsole } from "./console.ts"
import { demo } from "./demo.ts"
import { devices } from "./devices.ts"
import { doctor } from "./doctor.ts"
import { exportMeasures } from "./export.ts"
import { helpFirst } from "./helpFirst.ts"
import { health } from "./health.ts"
import { init } from "./init.ts"
import { knownCommand, type CommandNames } from "./knownCommand.ts"
import { key } from "./key.ts"
import { measures } from "./measures.ts"
import { overview } from "./overview.ts"
import { people } from "./people.ts"
import { forgetHistory, remove } from "./remove.ts"
import { reset } from "./reset.ts"
import { rules } from "./rules.ts"
import { run } from "./run.ts"
import { service } from "./service.ts"
import { status } from "./status.ts"
import { sync } from "./sync.ts"
import { weighings } from "./weighings.ts"
import { webhook } from "./webhook.ts"

const commandOf = (homes: ReadonlyArray<Home>) => {
  const below = { demo: demo(homes), devices, key, service: service(homes), weighings }
  const all = Command.make("withings-bridge", {}, () => showOverview(homes)).pipe(
    Command.withSubcommands([
      init,
      checkConfig(homes),
      connect,
      people,
      below.devices,
      measures,
      rules,
      below.weighings,
      sync,
      status,
      run(homes),
      openConsole,
      webhook,
      below.service,
      doctor(homes),
      health,
      exportMeasures,
      backup,
      restore,
      remove,
      forgetHistory,
      below.key,
      reset(homes),
      below.demo,
    ]),
  )
  const names: CommandNames = {
    all: namesBelow(all),
    below: {
      demo: namesBelow(below.demo),
      devices: namesBelow(below.devices),
      key: namesBelow(below.key),
      service: namesBelow(below.service),
      weighings: namesBelow(below.weighings),
    },
  }
  const runWith = (command: typeof all) => Command.run(command, { name: "Withings Bridge", version: "0.0.0" })
  /** A script that asked for JSON gets a usage mistake as JSON alone, not in @effect/cli's words too. */
  const understand = (argv: ReadonlyArray<string>) =>
    argv.includes("--json")
      ? Effect.flatMap(Effect.console, (console) =>
          runWith(Command.transformHandler(all, Effect.withConsole(console)))(argv).pipe(
            Effect.withConsole({ ...console, error: () => Effect.void }),
          ),
        )
      : runWith(all)(argv)
  return { names, understand }
}

const showOverview = (homes: ReadonlyArray<Home>) => Effect.suspend(() => Console.log(overview(homes)))

const namesBelow = <Name extends string, R, E, A>(command: Command.Command<Name, R, E, A>) => [
  ...HashMap.keys(Command.getSubcommands(command)),
]

const asksForOverview = ([, , first, ...more]: ReadonlyArray<string>) =>
  more.length === 0 && (first === undefined || first === "--help" || first === "-h")

/** What a newcomer would not know: how a number or a day is written, and whose usage it is. */
const plainer = (text: string) =>
  text
    .replace(/is not a (?:float|integer)$/mu, "is not a number: write it as 72.4 or 1200.")
    .replace(/is not a date$/mu, "is not a day: write it as 2026-01-31.")
    .replace(/^Received unknown argument: '(.*)'$/mu, "Unknown option `$1`.")
    .replace(/^Expected one of the following cases: (.*)$/mu, "It must be one of $1.")
    .replace(/^\$ (?!withings-bridge)/mu, "$ withings-bridge ")

/** @effect/cli writes the hyphen of our name in two ways, so that bash would complete no subcommand. */
const completing = (script: string) =>
  script
    .replaceAll('cmd="withings-bridge"', 'cmd="withings__bridge"')
    .replaceAll(/^( *)withings-bridge\)$/gmu, "$1withings__bridge)")

/** The generated help and complaints speak as programs do, are wide, and are coloured wherever they go. */
const inPlainWords = (argv: ReadonlyArray<string>, names: CommandNames) => {
  const isHelp = argv.includes("--help") || argv.includes("-h")
  const [, , first = "", second = ""] = argv
  // The usage of a command below another leaves that one out.
  const isBelow = names.below[first]?.includes(second) === true
  const whole = (text: string) =>
    isBelow ? text.replace(new RegExp(`^\\$ ${second}`, "mu"), `$ ${first} ${second}`) : text
  const plain = (text: string) => plainer(whole(coloured && !isHelp ? text : withoutColour(text)))
  const isCompletion = argv.includes("--completions")
  const edit = (text: string) =>
    isCompletion ? completing(text) : isHelp ? helpText(plain(text)) : plain(text).replace(/\s+$/u, "")
  return <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Console.consoleWith((console) => {
      const edited =
        (write: (...words: ReadonlyArray<unknown>) => Effect.Effect<void>) =>
        (...words: ReadonlyArray<unknown>) =>
          write(...words.map((word) => (typeof word === "string" ? edit(word) : word)))
      return Effect.withConsole(effect, {
        ...console,
        log: edited(console.log),
        error: edited(console.error),
      })
    })
}

/**
 * The command line as a whole, for these homes. The overview is our own, since the generated one is wider than any
 * terminal.
 */
export const cli = (words: ReadonlyArray<string>, homes: ReadonlyArray<Home>) => {
  const { names, understand } = commandOf(homes)
  const argv = helpFirst(words, names)
  return asksForOverview(argv)
    ? showOverview(homes)
    : Effect.zipRight(knownCommand(argv, names), understand(argv)).pipe(
        Effect.provide(CliConfig.layer({ showBuiltIns: false, showTypes: false })),
        inPlainWords(argv, names),
      )
}
