import { HttpClient, HttpClientRequest } from "@effect/platform"
import { Effect } from "effect"
import type { BridgeConfig } from "../BridgeConfig.ts"
import type { StoreError } from "../store/StoreError.ts"
import { layerHttpClient } from "../withings/client/httpClient.ts"
import { webhookSecret, webhookUrl } from "../withings/account/webhookUrl.ts"

/** Tests an address by HEAD, as Withings does. null: it works; else what is wrong. */
export const probe = (callbackUrl: string): Effect.Effect<string | null, never, HttpClient.HttpClient> =>
  Effect.flatMap(HttpClient.HttpClient, (http) => http.execute(HttpClientRequest.head(callbackUrl))).pipe(
    Effect.timeout("10 seconds"),
    Effect.match({
      onSuccess: ({ status }) =>
        status < 300
          ? null
          : `it answers ${status}, so something else listens there or a proxy does not hand on`,
      onFailure: whyUnreachable,
    }),
  )

/** Codes of Node's sockets, DNS and TLS, by what they mean for a public address. */
const reasons: ReadonlyArray<readonly [RegExp, string]> = [
  [
    /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ALTNAME/,
    "its certificate is not trusted, so Withings refuses it too",
  ],
  [/ENOTFOUND|EAI_AGAIN/, "its name is not known (DNS)"],
  [/ECONNREFUSED/, "nothing listens there"],
  [/ETIMEDOUT|Timeout|EHOSTUNREACH|ENETUNREACH/, "it does not answer from here"],
]

/** The reasons of {@link probe} for an address that it cannot reach. */
export const unreachableReasons: ReadonlyArray<string> = reasons.map(([, reason]) => reason)

const codesOf = (cause: unknown): string =>
  typeof cause !== "object" || cause === null
    ? ""
    : [
        "_tag" in cause ? cause._tag : "",
        "code" in cause ? cause.code : "",
        "cause" in cause ? codesOf(cause.cause) : "",
      ].join(" ")

const whyUnreachable = (error: unknown): string => {
  const codes = codesOf(error)
  return (
    reasons.find(([pattern]) => pattern.test(codes))?.[1] ??
    `it cannot be reached from here (${codes.trim()})`
  )
}

/** Tests the configured address of webhooks, with its secret path. null: it works, or there is none. */
export const probeWebhook = ({ home, webhook }: BridgeConfig): Effect.Effect<string | null, StoreError> =>
  webhook === null
    ? Effect.succeed(null)
    : webhookSecret(home).pipe(
        Effect.flatMap((secret) => probe(webhookUrl(webhook.publicUrl, secret))),
        Effect.provide(layerHttpClient),
      )
