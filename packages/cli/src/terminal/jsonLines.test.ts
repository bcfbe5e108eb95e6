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
    const rows = (ann: number, ben: number) => [
      { name: "ann", done: ann },
      { name: "ben", done: ben },
    ]
    yield* Effect.forEach([rows(1, 1), rows(1, 1), rows(1, 2)], print).pipe(
      Effect.withConsole({ ...console, log }),
    )
    expect(lines).toEqual(['{"name":"ann","done":1}', '{"name":"ben","done":1}', '{"name":"ben","done":2}'])
  }),
)
