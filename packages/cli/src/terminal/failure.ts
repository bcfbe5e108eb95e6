import { HelpDoc, ValidationError } from "@effect/cli"
import { Cause, Option } from "effect"
import { withoutColour } from "./style.ts"

/** What a command failed with, as scripts and issue reports quote it. */
export interface Failure {
  /** Explained in docs/troubleshooting.md. */
  readonly code: string
  readonly message: string
}

/** Some errors of the platform say nothing themselves, but their cause does. */
const messageOf = (failure: unknown): string => {
  if (typeof failure !== "object" || failure === null) return String(failure)
  if ("message" in failure && failure.message) return String(failure.message)
  return "cause" in failure ? messageOf(failure.cause) : String(failure)
}

const codeOf = (failure: unknown): string =>
  typeof failure === "object" && failure !== null && "code" in failure && typeof failure.code === "string"
    ? failure.code
    : "failed"

export const toFailure = (cause: Cause.Cause<unknown>): Failure =>
  Option.match(Cause.failureOption(cause), {
    onNone: () => ({
      code: "defect",
      message: `Something went wrong that should not: ${Cause.pretty(cause)}`,
    }),
    onSome: (failure) =>
      ValidationError.isValidationError(failure)
        ? { code: "usage", message: withoutColour(HelpDoc.toAnsiText(failure.error)).trim() }
        : { code: codeOf(failure), message: messageOf(failure) },
  })
