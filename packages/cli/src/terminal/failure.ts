import { HelpDoc, ValidationError } from "@effect/cli"
import { Cause, Option, Predicate } from "effect"
import { withoutColour } from "./style.ts"

/** What a command failed with, as scripts and issue reports quote it. */
export interface Failure {
  /** Explained in docs/troubleshooting.md. */
  readonly code: string
  readonly message: string
}

/** Some errors of the platform have no message, but their cause has. */
const messageOf = (failure: unknown): string => {
  if (Predicate.hasProperty(failure, "message") && failure.message) return String(failure.message)
  return Predicate.hasProperty(failure, "cause") ? messageOf(failure.cause) : String(failure)
}

const codeOf = (failure: unknown): string => {
  if (Predicate.hasProperty(failure, "code") && typeof failure.code === "string") return failure.code
  return Predicate.isTagged(failure, "SystemError") ? "file-refused" : "failed"
}

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
