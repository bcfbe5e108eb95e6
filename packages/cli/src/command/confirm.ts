import process from "node:process"
import { Options, Prompt } from "@effect/cli"
import { Effect } from "effect"
import { CommandError } from "../CommandError.ts"

export const yes = Options.boolean("yes").pipe(Options.withDescription("Do not ask"))

/** Asks at the terminal, unless `--yes` was given. */
export const confirmed = (yes: boolean, message: string) =>
  Effect.gen(function* () {
    if (yes) return true
    if (process.stdin.isTTY !== true)
      return yield* new CommandError(
        "terminal-needed",
        "There is no terminal to ask for confirmation: add --yes.",
      )
    return yield* Prompt.confirm({ message, initial: false })
  })
