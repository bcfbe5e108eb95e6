import { Redacted } from "effect"

/** The refresh token works once; the access token for three hours. */
export interface TokenPair {
  readonly access: Redacted.Redacted
  readonly refresh: Redacted.Redacted
}

export const tokenPair = (access: string, refresh: string): TokenPair => ({
  access: Redacted.make(access),
  refresh: Redacted.make(refresh),
})
