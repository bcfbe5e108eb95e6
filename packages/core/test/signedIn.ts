import { PersonId } from "../src/measure/Person.ts"
import type { SignedIn } from "../src/store/personRows.ts"

/** Someone who signs in to the application "client". */
export const signedIn = (withingsUserId: string, name: string): SignedIn => ({
  withingsUserId,
  clientId: "client",
  name,
  newId: PersonId(`person-${withingsUserId}`),
})
