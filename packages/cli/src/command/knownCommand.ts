import { closest } from "@withings-bridge/core"
import { Effect, Option } from "effect"
import { CommandError } from "../CommandError.ts"
import { helpCommand } from "../demo/calledAs.ts"

/** Names of all commands, and of those below one. */
export interface CommandNames {
  readonly all: ReadonlyArray<string>
  readonly below: Readonly<Record<string, ReadonlyArray<string>>>
}

const shells = ["bash", "zsh", "fish"]
/** What @effect/cli takes instead of a command. */
const builtIn = new Set(["--help", "-h", "--version", "--completions", "--wizard", "--log-level"])

const unknownOption = (option: string) =>
  Effect.fail(
    new CommandError("usage", `A command comes before \`${option}\`. See \`withings-bridge --help\`.`),
  )

/** Fails for a name that is none: @effect/cli would list all names in one line. */
export const knownCommand = (
  [, , first = "", second = ""]: ReadonlyArray<string>,
  { all, below }: CommandNames,
): Effect.Effect<void, CommandError> => {
  const unknown = (word: string, names: ReadonlyArray<string>, see: string) =>
    Effect.fail(
      new CommandError(
        "usage",
        `There is no command "${word}". ${Option.match(Option.fromNullable(closest(word, names)), {
          onNone: () => `See \`${see}\`.`,
          onSome: (name) => `Did you mean "${name}"?`,
        })}`,
      ),
    )
  if (first === "--completions" && !shells.includes(second))
    return Effect.fail(new CommandError("usage", `There are completions for ${shells.join(", ")}.`))
  if (first.startsWith("-")) return builtIn.has(first) ? Effect.void : unknownOption(first)
  if (!all.includes(first)) return unknown(first, all, "withings-bridge --help")
  const subcommands = below[first]
  return subcommands === undefined || second === "" || second.startsWith("-") || subcommands.includes(second)
    ? Effect.void
    : unknown(
        `${first} ${second}`,
        subcommands.map((name) => `${first} ${name}`),
        helpCommand(first),
      )
}
