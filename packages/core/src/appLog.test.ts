import { Effect, Logger } from "effect"
import { expect, it } from "vitest"
import { logLine } from "./appLog.ts"

const linesOf = (logged: Effect.Effect<void>): ReadonlyArray<string> => {
  const lines: Array<string> = []
  const kept = Logger.map(logLine, (line) => void lines.push(line))
  Effect.runSync(Effect.provide(logged, Logger.replace(Logger.defaultLogger, kept)))
  return lines
}

it("says what happens in one line, with the level where it matters, and why", () => {
  const logged = Effect.logInfo("Ann signed in.").pipe(
    Effect.zipRight(Effect.logWarning("Two mistakes:\n  port\n  name")),
    Effect.zipRight(Effect.sandbox(Effect.die(new Error("full")))),
    Effect.catchAll((cause) => Effect.logError("It stumbled", cause)),
  )
  expect(linesOf(logged).map((line) => line.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /, "at "))).toEqual([
    "at Ann signed in.",
    "at Warning: Two mistakes: port name",
    "at Error: It stumbled (full)",
  ])
})
