import { Terminal } from "@effect/platform"
import { Cause, Option } from "effect"

/** Commands that run until Ctrl-C: for them it is the end in order. */
const untilInterrupted: ReadonlySet<string> = new Set(["run", "demo"])

const interrupted = 130

/** Whether whoever sat at the terminal ended it, between two questions or while it worked. */
export const isStopped = (cause: Cause.Cause<unknown>): boolean =>
  Cause.isInterruptedOnly(cause) ||
  Option.exists(Cause.failureOption(cause), (failure) => Terminal.isQuitException(failure))

/** As shells expect it: 130 for what Ctrl-C cut short, 1 for what failed. */
export const exitCodeOf = (cause: Cause.Cause<unknown>, command = ""): number =>
  !isStopped(cause) ? 1 : untilInterrupted.has(command) ? 0 : interrupted

/** What Ctrl-C leaves in its line is no place to begin another one at; who runs until then says a last word. */
export const leavesLineOpen = (cause: Cause.Cause<unknown>, command = ""): boolean =>
  isStopped(cause) && !untilInterrupted.has(command)
