import type { Person } from "../../measure/Person.ts"

/** "Person 2": given when nobody proposed a name, and replaced by the first that someone does. */
const given = /^Person \d+$/

/**
 * How to call whoever has signed in: as known before, as proposed for this sign-in, as the next of the configured
 * profiles, else by number. null: the sign-in was for someone else, and nothing may be overwritten.
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
    return self === undefined || self.name === proposed || given.test(self.name) ? proposed : null
  }
  if (self !== undefined) return self.name
  const profile = profiles.find((name) => !taken.has(name))
  if (profile !== undefined) return profile
  for (let number = known.length + 1; ; number++) {
    if (!taken.has(`Person ${number}`)) return `Person ${number}`
  }
}
