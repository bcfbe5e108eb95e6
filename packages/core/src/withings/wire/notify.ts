import type { Subscription } from "../client/Feed.ts"
import { isWire, listIn, numberIn, textIn, type Wire } from "./read.ts"

/** Answer of notify list. */
export const readSubscriptions = (body: Wire): ReadonlyArray<Subscription> =>
  (listIn(body, "profiles") ?? []).flatMap((profile) => {
    if (!isWire(profile)) return []
    const appli = numberIn(profile, "appli")
    const callbackUrl = textIn(profile, "callbackurl", 2048)
    return appli === null || callbackUrl === null ? [] : [{ appli, callbackUrl }]
  })
