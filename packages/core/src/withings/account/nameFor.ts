import type { Person } from "../../measure/Person.ts"

/** "Person 2": given when nobody proposed a name. A proposed name replaces it later. */
const numbered = /^Person \d+$/

/**
 * The name of the person who has signed in: the known or proposed one, else the next of the configured profiles, else a
 * number. null: the proposed name is someone else's, or this person has another one.
 */
export const nameFor = ({
  userId,
  proposed,
  profiles,
  known,
}: {
  readonly userId: string
  readonly proposed: string | null
  readonly profiles: ReadonlyArray<string>
  readonly known: ReadonlyArray<Person>
}): string | null => {
  const self = known.find(({ withingsUserId }) => withingsUserId === userId)
  const taken = new Set(known.filter((person) => person !== self).map(({ name }) => name))
  if (proposed !== null) {
    if (taken.has(proposed)) return null
    return self === undefined || self.name === proposed || numbered.test(self.name) ? proposed : null
  }
  if (self !== undefined) return self.name
  const profile = profiles.find((name) => !taken.has(name))
  if (profile !== undefined) return profile
  for (let number = known.length + 1; ; number++) {
    if (!taken.has(`Person ${number}`)) return `Person ${number}`
  }
}
