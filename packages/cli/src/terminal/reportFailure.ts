import process from "node:process"
import { ValidationError } from "@effect/cli"
import { Cause, Console, Effect, Option } from "effect"
import { helpCommand } from "../demo/calledAs.ts"
import { isStopped } from "./exitCode.ts"
import { toFailure } from "./failure.ts"
import { red, wrap } from "./style.ts"

const fitted = (text: string): string =>
  text
    .split("\n")
    .map((line) => (line.length < 78 ? line : wrap(line, 80, "  ").trimStart()))
    .join("\n")

/** "demo weigh" in `withings-bridge demo weigh Ann abc`. */
const commandOf = ([, , first = "", second = ""]: ReadonlyArray<string>): string =>
  ["demo", "devices", "service", "weighings"].includes(first) && !second.startsWith("-")
    ? `${first} ${second}`.trim()
    : first

const isUsage = (cause: Cause.Cause<unknown>): boolean =>
  Option.exists(Cause.failureOption(cause), ValidationError.isValidationError)

/** Prints the message and code to standard error, or JSON if the command was asked for JSON. */
export const reportFailure = (cause: Cause.Cause<unknown>): Effect.Effect<void> => {
  if (isStopped(cause)) return Effect.void
  const failure = toFailure(cause)
  if (process.argv.includes("--json")) return Console.error(JSON.stringify({ error: failure }))
  // @effect/cli has already printed what is wrong with the command line.
  if (isUsage(cause))
    return Console.error(`  \`${helpCommand(commandOf(process.argv))}\` explains the options.`)
  const text = `${failure.message} (${failure.code})`
  return Console.error(`${red("✗")} ${process.stderr.isTTY ? fitted(text) : text}`)
}
