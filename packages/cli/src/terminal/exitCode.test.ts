import { Terminal } from "@effect/platform"
import { Cause, FiberId } from "effect"
import { expect, it } from "vitest"
import { exitCodeOf, leavesLineOpen } from "./exitCode.ts"

it("tells a failure from what was stopped, and that from what runs until it is stopped", () => {
  const stopped = Cause.interrupt(FiberId.none)
  expect(exitCodeOf(Cause.fail("wrong"), "sync")).toBe(1)
  expect(exitCodeOf(Cause.fail("wrong"), "run")).toBe(1)
  expect(exitCodeOf(stopped, "sync")).toBe(130)
  expect(exitCodeOf(Cause.fail(new Terminal.QuitException()), "reset")).toBe(130)
  expect(exitCodeOf(stopped, "run")).toBe(0)
  expect(exitCodeOf(stopped, "demo")).toBe(0)
})

it("ends the line of Ctrl-C where nothing else does", () => {
  const stopped = Cause.interrupt(FiberId.none)
  expect(leavesLineOpen(stopped, "sync")).toBe(true)
  expect(leavesLineOpen(stopped, "run")).toBe(false)
  expect(leavesLineOpen(Cause.fail("wrong"), "sync")).toBe(false)
})
