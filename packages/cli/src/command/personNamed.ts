import { closest } from "@withings-bridge/core"
import { Effect } from "effect"
import { CommandError } from "../CommandError.ts"

/** The known name for a typed one, in any case: "ann" is Ann. */
export const knownName = (names: ReadonlyArray<string>, typed: string): string =>
  names.find((name) => name.toLowerCase() === typed.toLowerCase()) ?? typed

const nobodyYet = new CommandError(
  "nobody-signed-in",
  "Nobody has signed in yet: run `withings-bridge connect`.",
)

const unknown = (typed: string, names: ReadonlyArray<string>): CommandError => {
  const near = closest(typed.toLowerCase(), names)
  return new CommandError(
    "person-unknown",
    near === null
      ? `Nobody here is called "${typed}". Known: ${names.join(", ")}.`
      : `Nobody here is called "${typed}". Did you mean ${near}?`,
  )
}

/** Finds a person by name, in any case. */
export const personNamed = <P extends { readonly name: string }>(
  persons: ReadonlyArray<P>,
  typed: string,
): Effect.Effect<P, CommandError> => {
  if (persons.length === 0) return nobodyYet
  const found = persons.find(({ name }) => name.toLowerCase() === typed.toLowerCase())
  return found === undefined
    ? unknown(
        typed,
        persons.map(({ name }) => name),
      )
    : Effect.succeed(found)
}
