import { ValidationError } from "@effect/cli"
import { Cause, Console, Effect, Option } from "effect"
import { red } from "./style.ts"

const messageOf = (failure: unknown): string =>
  failure instanceof Error || (typeof failure === "object" && failure !== null && "message" in failure)
    ? String(failure.message)
    : String(failure)

/** One sentence for the user, on standard error. The command line's own mistakes are told by @effect/cli already. */
export const reportFailure = (cause: Cause.Cause<unknown>): Effect.Effect<void> => {
  if (Cause.isInterruptedOnly(cause)) return Effect.void
  const failure = Cause.failureOption(cause)
  if (Option.isSome(failure) && ValidationError.isValidationError(failure.value)) return Effect.void
  const what = Option.isSome(failure)
    ? messageOf(failure.value)
    : `Something went wrong that should not: ${Cause.pretty(cause)}`
  return Console.error(`${red("✗")} ${what}`)
}
