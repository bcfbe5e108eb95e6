import { Terminal } from "@effect/platform"
import { Cause, FiberId } from "effect"
import { expect, it } from "vitest"
import { exitCodeOf } from "./exitCode.ts"

it("tells a failure from what was stopped, and that from what runs until it is stopped", () => {
  const stopped = Cause.interrupt(FiberId.none)
  expect(exitCodeOf(Cause.fail("wrong"), "sync")).toBe(1)
  expect(exitCodeOf(Cause.fail("wrong"), "run")).toBe(1)
  expect(exitCodeOf(stopped, "sync")).toBe(130)
  expect(exitCodeOf(Cause.fail(new Terminal.QuitException()), "reset")).toBe(130)
  expect(exitCodeOf(stopped, "run")).toBe(0)
  expect(exitCodeOf(stopped, "demo")).toBe(0)
})
