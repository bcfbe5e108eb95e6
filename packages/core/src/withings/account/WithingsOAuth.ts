import { Context, Effect, Layer, Redacted } from "effect"
import { epochSeconds } from "../../epochSeconds.ts"
import { createHmac } from "node:crypto"
import { BridgeConfig } from "../../BridgeConfig.ts"
import { tokenPair, type TokenPair } from "./TokenPair.ts"
import { textIn } from "../wire/read.ts"
import { readToken, type TokenAnswer } from "../wire/token.ts"
import { WithingsHttp, type HttpError } from "../client/WithingsHttp.ts"

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

/** Withings' OAuth 2: the grants for codes and refreshes, and revocation. */
export class WithingsOAuth extends Context.Tag("@withings-bridge/core/withings/WithingsOAuth")<
  WithingsOAuth,
  {
    readonly authorizeUrl: (state: string) => string
    /** A code lives for 30 seconds and works once. */
    readonly exchange: (code: string) => Effect.Effect<Granted, HttpError>
    /** Takes back what the person allowed this application: all its tokens and webhooks end. */
    readonly revoke: (withingsUserId: string) => Effect.Effect<void, HttpError>
    readonly refresh: (refreshToken: Redacted.Redacted) => Effect.Effect<Granted, HttpError>
  }
>() {
  static readonly layer: Layer.Layer<WithingsOAuth, never, WithingsHttp | BridgeConfig> = Layer.effect(
    WithingsOAuth,
    Effect.gen(function* () {
      const http = yield* WithingsHttp
      const { accountUrl, callbackUrl, clientId, clientSecret, signRequests } = yield* BridgeConfig

      /** Values in the order of their names; other parameters are not signed. */
      const signature = (...values: ReadonlyArray<string>) =>
        createHmac("sha256", Redacted.value(clientSecret)).update(values.join(",")).digest("hex")

      const nonce = Effect.gen(function* () {
        const timestamp = yield* epochSeconds
        const params = {
          client_id: clientId,
          timestamp,
          signature: signature("getnonce", clientId, String(timestamp)),
        }
        return yield* http.send(
          { path: "/v2/signature", action: "getnonce", params, accessToken: null },
          (body) => textIn(body, "nonce"),
        )
      })

      const signed = (action: string) =>
        Effect.map(nonce, (nonce) => ({ nonce, signature: signature(action, clientId, nonce) }))

      /** What proves that it is this application that asks. A nonce works once, so every request gets its own. */
      const proof: Effect.Effect<Readonly<Record<string, string>>, HttpError> = signRequests
        ? signed("requesttoken")
        : Effect.succeed({ client_secret: Redacted.value(clientSecret) })

      const requestToken = (params: Readonly<Record<string, string>>) =>
        Effect.flatMap(proof, (proof) =>
          http.send(
            {
              path: "/v2/oauth2",
              action: "requesttoken",
              params: { client_id: clientId, ...proof, ...params },
              accessToken: null,
            },
            readToken,
          ),
        ).pipe(Effect.map(granted))

      return WithingsOAuth.of({
        authorizeUrl: (state) => authorizeUrl({ accountUrl, callbackUrl, clientId }, state),
        exchange: (code) =>
          requestToken({ grant_type: "authorization_code", code, redirect_uri: callbackUrl }),
        revoke: (withingsUserId) =>
          Effect.flatMap(signed("revoke"), (proof) =>
            http.send(
              {
                path: "/v2/oauth2",
                action: "revoke",
                params: { client_id: clientId, userid: withingsUserId, ...proof },
                accessToken: null,
              },
              () => true,
            ),
          ).pipe(Effect.asVoid),
        refresh: (refreshToken) =>
          requestToken({ grant_type: "refresh_token", refresh_token: Redacted.value(refreshToken) }),
      })
    }),
  )
}

const authorizeUrl = (
  { accountUrl, callbackUrl, clientId }: Pick<BridgeConfig, "accountUrl" | "callbackUrl" | "clientId">,
  state: string,
) => {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    scope: scopes.join(","),
    redirect_uri: callbackUrl,
    state,
  })
  return `${accountUrl}/oauth2_user/authorize2?${query}`
}

const granted = (answer: TokenAnswer): Granted => ({
  userId: answer.userid,
  pair: tokenPair(answer.accessToken, answer.refreshToken),
  expiresIn: answer.expiresIn,
  scopes: answer.scopes,
})
