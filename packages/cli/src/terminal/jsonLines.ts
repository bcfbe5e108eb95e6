import { Console, Effect, Ref } from "effect"

/** Prints each row as one line of JSON, under its name, and again only when it has changed. */
export const makeJsonLines = Effect.map(
  Ref.make<ReadonlyMap<string, string>>(new Map()),
  (printed) =>
    (rows: ReadonlyMap<string, object>): Effect.Effect<void> =>
      Effect.gen(function* () {
        const lines = new Map([...rows].map(([name, row]) => [name, JSON.stringify(row)]))
        const before = yield* Ref.getAndSet(printed, lines)
        yield* Effect.forEach(lines, ([name, line]) =>
          line === before.get(name) ? Effect.void : Console.log(line),
        )
      }),
)
