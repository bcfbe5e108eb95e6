import { Context, Effect, Layer, Redacted } from "effect"
import { BridgeConfig } from "../BridgeConfig.ts"
import { tokenPair, type TokenPair } from "./TokenPair.ts"
import { readToken, type TokenAnswer } from "./wire/token.ts"
import { WithingsHttp, type HttpError } from "./WithingsHttp.ts"

/** Everything a bridge reads: devices, measures, activity and nights, and who lies in bed. */
export const scopes = ["user.info", "user.metrics", "user.activity", "user.sleepevents"] as const

export interface Granted {
  readonly userId: string | null
  readonly pair: TokenPair
  /** Seconds. */
  readonly expiresIn: number
  /** null: Withings did not say. */
  readonly scopes: ReadonlyArray<string> | null
}

/** The two grants of Withings' OAuth 2. */
export class WithingsOAuth extends Context.Tag("@withings-bridge/core/withings/WithingsOAuth")<
  WithingsOAuth,
  {
    readonly authorizeUrl: (state: string) => string
    /** A code lives for 30 seconds and works once. */
    readonly exchange: (code: string) => Effect.Effect<Granted, HttpError>
    readonly refresh: (refreshToken: Redacted.Redacted) => Effect.Effect<Granted, HttpError>
  }
>() {
  static readonly layer: Layer.Layer<WithingsOAuth, never, WithingsHttp | BridgeConfig> = Layer.effect(
    WithingsOAuth,
    Effect.gen(function* () {
      const http = yield* WithingsHttp
      const { accountUrl, callbackUrl, clientId, clientSecret } = yield* BridgeConfig

      const requestToken = (params: Readonly<Record<string, string>>) =>
        Effect.map(
          http.send(
            {
              path: "/v2/oauth2",
              action: "requesttoken",
              params: { client_id: clientId, client_secret: Redacted.value(clientSecret), ...params },
              accessToken: null,
            },
            readToken,
          ),
          granted,
        )

      return WithingsOAuth.of({
        authorizeUrl: (state) => {
          const query = new URLSearchParams({
            response_type: "code",
            client_id: clientId,
            scope: scopes.join(","),
            redirect_uri: callbackUrl,
            state,
          })
          return `${accountUrl}/oauth2_user/authorize2?${query}`
        },
        exchange: (code) =>
          requestToken({ grant_type: "authorization_code", code, redirect_uri: callbackUrl }),
        refresh: (refreshToken) =>
          requestToken({ grant_type: "refresh_token", refresh_token: Redacted.value(refreshToken) }),
      })
    }),
  )
}

const granted = (answer: TokenAnswer): Granted => ({
  userId: answer.userid,
  pair: tokenPair(answer.accessToken, answer.refreshToken),
  expiresIn: answer.expiresIn,
  scopes: answer.scopes,
})
