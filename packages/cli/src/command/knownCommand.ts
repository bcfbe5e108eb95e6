import { Effect, Option } from "effect"
import { CommandError } from "../CommandError.ts"

/** How many letters have to be changed, put in or left out to make one word of the other (Levenshtein's distance). */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1]
    for (const [column, otherLetter] of [...other].entries()) {
      const change = (row[column] ?? 0) + (letter === otherLetter ? 0 : 1)
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

const closest = (word: string, names: ReadonlyArray<string>): Option.Option<string> =>
  Option.fromNullable(
    names
      .map((name) => ({ name, letters: distance(word, name) }))
      .filter(({ letters }) => letters <= 2)
      .toSorted((one, other) => one.letters - other.letters)[0]?.name,
  )

/** Names of all commands, and of those below one. */
export interface CommandNames {
  readonly all: ReadonlyArray<string>
  readonly below: Readonly<Record<string, ReadonlyArray<string>>>
}

/** Fails for a name that is none: @effect/cli would list all names in one line. */
export const knownCommand = (
  [, , first = "", second = ""]: ReadonlyArray<string>,
  { all, below }: CommandNames,
): Effect.Effect<void, CommandError> => {
  const unknown = (word: string, names: ReadonlyArray<string>, see: string) =>
    Effect.fail(
      new CommandError({
        message: `There is no command "${word}". ${Option.match(closest(word, names), {
          onNone: () => `See \`${see}\`.`,
          onSome: (name) => `Did you mean "${name}"?`,
        })}`,
      }),
    )
  if (first.startsWith("-")) return Effect.void
  if (!all.includes(first)) return unknown(first, all, "withings-bridge --help")
  const subcommands = below[first]
  return subcommands === undefined || second === "" || second.startsWith("-") || subcommands.includes(second)
    ? Effect.void
    : unknown(
        `${first} ${second}`,
        subcommands.map((name) => `${first} ${name}`),
        `withings-bridge ${first} --help`,
      )
}
