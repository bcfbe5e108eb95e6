import { isWire, listIn, numberIn, textIn, type Wire } from "./read.ts"

export interface Profile {
  readonly appli: number
  readonly callbackUrl: string
}

/** Answer of notify list: who is told what, and where. */
export const readProfiles = (body: Wire): ReadonlyArray<Profile> =>
  (listIn(body, "profiles") ?? []).flatMap((profile) => {
    if (!isWire(profile)) return []
    const appli = numberIn(profile, "appli")
    const callbackUrl = textIn(profile, "callbackurl", 2048)
    return appli === null || callbackUrl === null ? [] : [{ appli, callbackUrl }]
  })
