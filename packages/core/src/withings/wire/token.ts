import { tokenPair, type TokenPair } from "../account/TokenPair.ts"
import { numberIn, textIn, type Wire } from "./read.ts"

/** Answer of requesttoken. */
export interface Granted {
  readonly userId: string | null
  readonly pair: TokenPair
  /** Seconds. */
  readonly expiresIn: number
  /** null: Withings did not say. */
  readonly scopes: ReadonlyArray<string> | null
}

const longestToken = 4096

/** Withings' access tokens live three hours. */
const threeHours = 10_800
const aMonth = 30 * 86_400

const lifetimeOf = (body: Wire): number => {
  const sent = numberIn(body, "expires_in")
  return sent !== null && sent > 0 && sent <= aMonth ? Math.floor(sent) : threeHours
}

export const readToken = (body: Wire): Granted | null => {
  const access = textIn(body, "access_token", longestToken)
  const refresh = textIn(body, "refresh_token", longestToken)
  if (access === null || refresh === null) return null
  return {
    userId: textIn(body, "userid"),
    pair: tokenPair(access, refresh),
    expiresIn: lifetimeOf(body),
    scopes: textIn(body, "scope", longestToken)?.split(/[\s,]+/) ?? null,
  }
}
