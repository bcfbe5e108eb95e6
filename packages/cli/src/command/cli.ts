import { CliConfig, Command } from "@effect/cli"
import type { Home } from "@withings-bridge/core"
import { Console, Effect } from "effect"
import { helpText } from "../terminal/helpText.ts"
import { coloured, withoutColour } from "../terminal/style.ts"
import { commandTable } from "./commandTable.ts"
import { helpFirst } from "./helpFirst.ts"
import { knownCommand, type CommandNames } from "./knownCommand.ts"
import { overview } from "./overview.ts"

const commandOf = (homes: ReadonlyArray<Home>) => {
  const table = commandTable(homes)
  const rows = [...table.Begin, ...table.Look, ...table.Run, ...table.Keep] as const
  const [first, ...others] = rows
  const commands = [first.command, ...others.map(({ command }) => command)] as const
  const showOverview = Effect.suspend(() => Console.log(overview(table)))
  const all = Command.make("withings-bridge", {}, () => showOverview).pipe(Command.withSubcommands(commands))
  const names: CommandNames = {
    all: rows.map(({ name }) => name),
    below: Object.fromEntries(
      rows.flatMap(({ below, name }) => (below.length === 0 ? [] : [[name, below] as const])),
    ),
  }
  const runWith = (command: typeof all) => Command.run(command, { name: "Withings Bridge", version: "0.0.0" })
  /** With `--json`, hide @effect/cli's text of a usage mistake: scripts get it as JSON. */
  const understand = (argv: ReadonlyArray<string>) =>
    argv.includes("--json")
      ? Effect.flatMap(Effect.console, (console) =>
          runWith(Command.transformHandler(all, Effect.withConsole(console)))(argv).pipe(
            Effect.withConsole({ ...console, error: () => Effect.void }),
          ),
        )
      : runWith(all)(argv)
  return { names, showOverview, understand }
}

const asksForOverview = ([, , first, ...more]: ReadonlyArray<string>) =>
  more.length === 0 && (first === undefined || first === "--help" || first === "-h")

/** Replaces the jargon of @effect/cli, and adds how to write a number or a day. */
const plainer = (text: string) =>
  text
    .replace(/is not a (?:float|integer)$/mu, "is not a number: write it as 72.4 or 1200.")
    .replace(/is not a date$/mu, "is not a day: write it as 2026-01-31.")
    .replace(/^Received unknown argument: '(.*)'$/mu, "Unknown option `$1`.")
    .replace(/^Expected one of the following cases: (.*)$/mu, "It must be one of $1.")
    .replace(/^\$ (?!withings-bridge)/mu, "$ withings-bridge ")

/** @effect/cli escapes the hyphen of our name in only one of two places, so that bash would complete no subcommand. */
const completing = (script: string) =>
  script
    .replaceAll('cmd="withings-bridge"', 'cmd="withings__bridge"')
    .replaceAll(/^( *)withings-bridge\)$/gmu, "$1withings__bridge)")

/** Rewrites the generated help and mistakes: plain words, at most 80 columns, colours only in a terminal. */
const inPlainWords = (argv: ReadonlyArray<string>, names: CommandNames) => {
  const isHelp = argv.includes("--help") || argv.includes("-h")
  const [, , first = "", second = ""] = argv
  // The generated usage of a subcommand leaves out the command above it.
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
 * The whole command line, for these homes. The overview is our own, since the generated one is wider than a terminal.
 */
export const cli = (words: ReadonlyArray<string>, homes: ReadonlyArray<Home>) => {
  const { names, showOverview, understand } = commandOf(homes)
  const argv = helpFirst(words, names)
  return asksForOverview(argv)
    ? showOverview
    : Effect.zipRight(knownCommand(argv, names), understand(argv)).pipe(
        Effect.provide(CliConfig.layer({ showBuiltIns: false, showTypes: false })),
        inPlainWords(argv, names),
      )
}
