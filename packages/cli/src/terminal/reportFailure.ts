import process from "node:process"
import { ValidationError } from "@effect/cli"
import { Cause, Console, Effect, Option } from "effect"
import { helpCommand } from "../demo/calledAs.ts"
import { isStopped } from "./exitCode.ts"
import { red, wrap } from "./style.ts"

/** Some errors of the platform say nothing themselves, but their cause does. */
const messageOf = (failure: unknown): string => {
  if (typeof failure !== "object" || failure === null) return String(failure)
  if ("message" in failure && failure.message) return String(failure.message)
  return "cause" in failure ? messageOf(failure.cause) : String(failure)
}

/** For a terminal; in a record every line stays whole. */
const fitted = (text: string): string =>
  text
    .split("\n")
    .map((line) => (line.length < 78 ? line : wrap(line, 80, "  ").trimStart()))
    .join("\n")

/** "demo weigh" of `withings-bridge demo weigh Ann abc`. */
const commandOf = ([, , first = "", second = ""]: ReadonlyArray<string>): string =>
  ["demo", "devices", "service", "weighings"].includes(first) && !second.startsWith("-")
    ? `${first} ${second}`.trim()
    : first

/** One sentence for the user, on standard error. The command line's own mistakes are told by @effect/cli already. */
export const reportFailure = (cause: Cause.Cause<unknown>): Effect.Effect<void> => {
  if (isStopped(cause)) return Effect.void
  const failure = Cause.failureOption(cause)
  if (Option.isSome(failure) && ValidationError.isValidationError(failure.value))
    return Console.error(`  \`${helpCommand(commandOf(process.argv))}\` tells what it takes.`)
  const what = Option.isSome(failure)
    ? messageOf(failure.value)
    : `Something went wrong that should not: ${Cause.pretty(cause)}`
  return Console.error(`${red("✗")} ${process.stderr.isTTY ? fitted(what) : what}`)
}
