import { Terminal } from "@effect/platform"
import { Cause, FiberId } from "effect"
import { expect, it } from "vitest"
import { exitCodeOf } from "./exitCode.ts"

it("differs for a failure, for Ctrl-C, and for commands that run until Ctrl-C", () => {
  const stopped = Cause.interrupt(FiberId.none)
  expect(exitCodeOf(Cause.fail("wrong"), "sync")).toBe(1)
  expect(exitCodeOf(Cause.fail("wrong"), "run")).toBe(1)
  expect(exitCodeOf(stopped, "sync")).toBe(130)
  expect(exitCodeOf(Cause.fail(new Terminal.QuitException()), "reset")).toBe(130)
  expect(exitCodeOf(stopped, "run")).toBe(0)
  expect(exitCodeOf(stopped, "demo")).toBe(0)
})
