import { numberIn, textIn, type Wire } from "./read.ts"

/** Answer of requesttoken. `userid` comes as a number and as text. */
export interface TokenAnswer {
  readonly userid: string | null
  readonly accessToken: string
  readonly refreshToken: string
  /** Seconds. */
  readonly expiresIn: number
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

export const readToken = (body: Wire): TokenAnswer | null => {
  const accessToken = textIn(body, "access_token", longestToken)
  const refreshToken = textIn(body, "refresh_token", longestToken)
  if (accessToken === null || refreshToken === null) return null
  return {
    userid: textIn(body, "userid"),
    accessToken,
    refreshToken,
    expiresIn: lifetimeOf(body),
    scopes: textIn(body, "scope", longestToken)?.split(/[\s,]+/) ?? null,
  }
}
