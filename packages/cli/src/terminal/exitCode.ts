import { Terminal } from "@effect/platform"
import { Cause, Option } from "effect"

/** Commands for which Ctrl-C is the normal end. */
const untilInterrupted: ReadonlySet<string> = new Set(["run", "demo"])

const interrupted = 130

/** Whether the user ended it, at a question or while it worked. */
export const isStopped = (cause: Cause.Cause<unknown>): boolean =>
  Cause.isInterruptedOnly(cause) ||
  Option.exists(Cause.failureOption(cause), (failure) => Terminal.isQuitException(failure))

/** As shells expect it: 130 after Ctrl-C, 1 after a failure. */
export const exitCodeOf = (cause: Cause.Cause<unknown>, command = ""): number =>
  !isStopped(cause) ? 1 : untilInterrupted.has(command) ? 0 : interrupted

/** Whether "^C" stands alone in the last line: only commands that run until Ctrl-C print something after it. */
export const leavesLineOpen = (cause: Cause.Cause<unknown>, command = ""): boolean =>
  isStopped(cause) && !untilInterrupted.has(command)
