import { HttpApiMiddleware, HttpApiSecurity, HttpServerRequest } from "@effect/platform"
import { wrongAttempts } from "@withings-bridge/core"
import { Clock, Effect, Layer, Option, Redacted, Schema } from "effect"
import { createHash, timingSafeEqual } from "node:crypto"
import { readApiKey } from "../apiKeyFile.ts"
import { GladysState } from "../GladysState.ts"
import { TooManyRequests, Unauthorized } from "./schemas.ts"

/**
 * Guards all routes but health, documentation and the redirect from Withings. Requests from loopback need the key, too:
 * behind a reverse proxy every request comes from 127.0.0.1.
 */
export class ApiKey extends HttpApiMiddleware.Tag<ApiKey>()("withings-gladys/http/ApiKey", {
  failure: Schema.Union(Unauthorized, TooManyRequests),
  security: { key: HttpApiSecurity.bearer },
}) {
  /** @param home the home folder, which holds the key */
  static readonly layer = (home: string) =>
    Layer.effect(
      ApiKey,
      Effect.gen(function* () {
        const { apiKeyHash } = yield* (yield* GladysState).get
        const hashes = [hashOf(yield* readApiKey(home)), ...(apiKeyHash === null ? [] : [apiKeyHash])]
        const wrong = wrongAttempts()
        return ApiKey.of({
          key: (sent) =>
            Effect.gen(function* () {
              const hash = hashOf(Redacted.value(sent))
              // The right key comes first: someone else's guesses must not lock its owner out.
              if (hashes.some((known) => equalHashes(hash, known))) return
              const who = yield* remoteAddress
              const now = yield* Clock.currentTimeMillis
              return yield* Effect.fail(wrong.tooMany(who, now) ? tooManyFailures : wrongKey)
            }),
        })
      }),
    )
}

// A key of 256 random bits needs no slow hash: nobody can try them all.
const hashOf = (key: string): string => createHash("sha256").update(key).digest("hex")

const equalHashes = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

const remoteAddress = Effect.map(HttpServerRequest.HttpServerRequest, (request) =>
  Option.getOrElse(request.remoteAddress, () => "unknown"),
)

const wrongKey = Unauthorized.because(
  "Send the API key of this bridge as `Authorization: Bearer KEY`. It is in the file gladys/api-key of the home folder.",
)
const tooManyFailures = TooManyRequests.because("Too many wrong API keys from this address. Wait a minute.")
