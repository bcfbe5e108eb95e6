import { Console, Effect, Ref } from "effect"

/** Prints each row as one line of JSON, and only when it differs from the rows before. */
export const makeJsonLines = Effect.map(
  Ref.make<ReadonlyArray<string>>([]),
  (printed) =>
    (rows: ReadonlyArray<object>): Effect.Effect<void> =>
      Effect.gen(function* () {
        const lines = rows.map((row) => JSON.stringify(row))
        const before = yield* Ref.getAndSet(printed, lines)
        yield* Effect.forEach(
          lines.filter((line) => !before.includes(line)),
          (line) => Console.log(line),
        )
      }),
)
