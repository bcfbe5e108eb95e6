import { Context, Effect, Layer, Redacted } from "effect"
import { epochSeconds } from "../../epochSeconds.ts"
import { createHmac } from "node:crypto"
import { BridgeConfig } from "../../BridgeConfig.ts"
import { textIn, type Wire } from "../wire/read.ts"
import { type Granted, readToken } from "../wire/token.ts"
import { WithingsHttp, type HttpError } from "../client/WithingsHttp.ts"

/** Devices, measures, activity and nights, and bed presence. */
export const scopes = ["user.info", "user.metrics", "user.activity", "user.sleepevents"] as const

type Params = Readonly<Record<string, string | number>>

/** Withings' OAuth 2: the grants for codes and refreshes, and revocation. */
export class WithingsOAuth extends Context.Tag("@withings-bridge/core/withings/WithingsOAuth")<
  WithingsOAuth,
  {
    readonly authorizeUrl: (state: string) => string
    /** A code lives for 30 seconds and works once. */
    readonly exchange: (code: string) => Effect.Effect<Granted, HttpError>
    /** Withdraws the person's permission for this application: all its tokens and webhooks end. */
    readonly revoke: (withingsUserId: string) => Effect.Effect<void, HttpError>
    readonly refresh: (refreshToken: Redacted.Redacted) => Effect.Effect<Granted, HttpError>
  }
>() {
  static readonly layer: Layer.Layer<WithingsOAuth, never, WithingsHttp | BridgeConfig> = Layer.effect(
    WithingsOAuth,
    Effect.gen(function* () {
      const http = yield* WithingsHttp
      const { accountUrl, callbackUrl, clientId, clientSecret, signRequests } = yield* BridgeConfig

      const ask = <A>(path: string, action: string, params: Params, read: (body: Wire) => A | null) =>
        http.send({ path, action, params: { client_id: clientId, ...params }, accessToken: null }, read)

      /** Of the values of action, client id and timestamp or nonce, as Withings wants it. */
      const signature = (...values: ReadonlyArray<string>) =>
        createHmac("sha256", Redacted.value(clientSecret)).update(values.join(",")).digest("hex")

      const nonce = Effect.flatMap(epochSeconds, (timestamp) => {
        const params = { timestamp, signature: signature("getnonce", clientId, String(timestamp)) }
        return ask("/v2/signature", "getnonce", params, (body) => textIn(body, "nonce"))
      })

      const signed = (action: string) =>
        Effect.map(nonce, (nonce): Params => ({ nonce, signature: signature(action, clientId, nonce) }))

      /** Proves which application sends the request. A nonce works once, so every request needs its own. */
      const proof: Effect.Effect<Params, HttpError> = signRequests
        ? signed("requesttoken")
        : Effect.succeed({ client_secret: Redacted.value(clientSecret) })

      const requestToken = (params: Params) =>
        Effect.flatMap(proof, (proof) =>
          ask("/v2/oauth2", "requesttoken", { ...proof, ...params }, readToken),
        )

      return WithingsOAuth.of({
        authorizeUrl: (state) => authorizeUrl({ accountUrl, callbackUrl, clientId }, state),
        exchange: (code) =>
          requestToken({ grant_type: "authorization_code", code, redirect_uri: callbackUrl }),
        revoke: (withingsUserId) =>
          Effect.flatMap(signed("revoke"), (proof) =>
            ask("/v2/oauth2", "revoke", { userid: withingsUserId, ...proof }, () => true),
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
