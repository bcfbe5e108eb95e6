import { Terminal } from "@effect/platform"
import { Cause, Option } from "effect"

/** Commands for which Ctrl-C is the normal end. */
const untilInterrupted: ReadonlySet<string> = new Set(["run", "demo"])

/** The exit code after Ctrl-C, as shells expect it. */
export const interrupted = 130

/** Whether the user ended it, at a question or while it worked. */
export const isStopped = (cause: Cause.Cause<unknown>): boolean =>
  Cause.isInterruptedOnly(cause) ||
  Option.exists(Cause.failureOption(cause), (failure) => Terminal.isQuitException(failure))

export const exitCodeOf = (cause: Cause.Cause<unknown>, command = ""): number =>
  !isStopped(cause) ? 1 : untilInterrupted.has(command) ? 0 : interrupted
