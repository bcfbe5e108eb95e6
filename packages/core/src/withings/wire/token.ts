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

export const readToken = (body: Wire): TokenAnswer | null => {
  const accessToken = textIn(body, "access_token")
  const refreshToken = textIn(body, "refresh_token")
  if (accessToken === null || refreshToken === null) return null
  return {
    userid: textIn(body, "userid"),
    accessToken,
    refreshToken,
    expiresIn: numberIn(body, "expires_in") ?? 10_800,
    scopes: textIn(body, "scope")?.split(/[\s,]+/) ?? null,
  }
}
