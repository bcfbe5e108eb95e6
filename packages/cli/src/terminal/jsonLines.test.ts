import { it } from "@effect/vitest"
import { Console, Effect } from "effect"
import { expect } from "vitest"
import { makeJsonLines } from "./jsonLines.ts"

it.effect("prints only what has changed", () =>
  Effect.gen(function* () {
    const lines: Array<unknown> = []
    const log = (line: unknown) => Effect.sync(() => void lines.push(line))
    const console = yield* Console.consoleWith(Effect.succeed)
    const print = yield* makeJsonLines
    const rows = (ann: number, ben: number) =>
      new Map(Object.entries({ ann: { done: ann }, ben: { done: ben } }))
    yield* Effect.forEach([rows(1, 1), rows(1, 1), rows(1, 2)], print).pipe(
      Effect.withConsole({ ...console, log }),
    )
    expect(lines).toEqual(['{"done":1}', '{"done":1}', '{"done":2}'])
  }),
)
