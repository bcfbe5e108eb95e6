import { closest } from "@withings-bridge/core"
import { Effect } from "effect"
import { CommandError } from "../CommandError.ts"
import { helpCommand } from "../demo/calledAs.ts"

/** Names of all commands, and of the subcommands of each. */
export interface CommandNames {
  readonly all: ReadonlyArray<string>
  readonly below: Readonly<Record<string, ReadonlyArray<string>>>
}

const shells = ["bash", "zsh", "fish"]
/** What @effect/cli accepts instead of a command. */
const builtIn = new Set(["--help", "-h", "--version", "--completions", "--wizard", "--log-level"])

const usage = (message: string) => Effect.fail(new CommandError("usage", message))

/** Fails for an unknown command: @effect/cli would list all names in one line. */
export const knownCommand = (
  [, , first = "", second = ""]: ReadonlyArray<string>,
  { all, below }: CommandNames,
): Effect.Effect<void, CommandError> => {
  const unknown = (word: string, names: ReadonlyArray<string>, see: string) => {
    const near = closest(word, names)
    return usage(
      `There is no command "${word}". ${near === null ? `See \`${see}\`.` : `Did you mean "${near}"?`}`,
    )
  }
  if (first === "--completions" && !shells.includes(second))
    return usage(`There are completions for ${shells.join(", ")}.`)
  if (first.startsWith("-"))
    return builtIn.has(first)
      ? Effect.void
      : usage(`A command comes before \`${first}\`. See \`withings-bridge --help\`.`)
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
