import type { Person } from "@withings-bridge/core"

/** In the order in which the user listed them; unlisted persons come last. */
export const personsInOrder = (
  persons: ReadonlyArray<Person>,
  wanted: ReadonlyArray<string>,
): ReadonlyArray<Person> => {
  const rank = ({ name }: Person) => (wanted.includes(name) ? wanted.indexOf(name) : wanted.length)
  return persons.toSorted((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name, "en"))
}

/** The first listed person who is not signed in; null: all are. */
export const nextToSignIn = (
  persons: ReadonlyArray<Person>,
  wanted: ReadonlyArray<string>,
): string | null => {
  const signedIn = new Set(
    persons.flatMap(({ name, standing }) =>
      standing.state === "never-signed-in" || standing.state === "needs-sign-in" ? [] : [name],
    ),
  )
  return wanted.find((name) => !signedIn.has(name)) ?? null
}
