import { type Headers, HttpApiMiddleware, HttpApiSecurity, HttpServerRequest } from "@effect/platform"
import { Clock, Effect, Encoding, Layer, Option, Redacted, Schema } from "effect"
import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { GladysState } from "../GladysState.ts"
import { TooManyRequests, Unauthorized } from "./schemas.ts"

/** Guards all but health, documentation and the way back from Withings. */
export class ApiKey extends HttpApiMiddleware.Tag<ApiKey>()("withings-gladys/http/ApiKey", {
  failure: Schema.Union(Unauthorized, TooManyRequests),
  security: { key: HttpApiSecurity.bearer },
}) {
  /** Reached from elsewhere: everyone needs the key. */
  static readonly layerRequired = Layer.effect(
    ApiKey,
    Effect.gen(function* () {
      const state = yield* GladysState
      const failures = new Failures()
      return ApiKey.of({
        key: (sent) =>
          Effect.gen(function* () {
            const who = yield* remoteAddress
            const now = yield* Clock.currentTimeMillis
            if (failures.tooMany(who, now)) return yield* Effect.fail(tooManyFailures)
            const { apiKeyHash } = yield* state.get
            if (apiKeyHash !== null && equalHashes(hashOf(Redacted.value(sent)), apiKeyHash)) return
            failures.add(who, now)
            return yield* Effect.fail(wrongKey)
          }),
      })
    }),
  )

  /**
   * Reached from this machine only: no key, but a page of the web that the user happens to read must not drive the
   * bridge through their browser (cross-site requests, DNS rebinding).
   */
  static readonly layerLoopback = Layer.succeed(
    ApiKey,
    ApiKey.of({
      key: () =>
        Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ headers }) =>
          fromThisMachine(headers) ? Effect.void : Effect.fail(foreignPage),
        ),
    }),
  )
}

/** Makes the key at the first start that needs one: answered once, kept as a hash. */
export const firstKey = Effect.gen(function* () {
  const state = yield* GladysState
  if ((yield* state.get).apiKeyHash !== null) return Option.none()
  const key = Encoding.encodeBase64Url(randomBytes(32))
  yield* state.update({ apiKeyHash: hashOf(key) })
  return Option.some(Redacted.make(key))
})

const windowMillis = 60_000
const failuresAllowed = 10
const addressesKept = 10_000

/** Wrong keys of the last minute by address; bounded, so that a crowd cannot fill the memory. */
class Failures {
  private readonly byAddress = new Map<string, { count: number; since: number }>()

  tooMany(address: string, now: number): boolean {
    const entry = this.byAddress.get(address)
    return entry !== undefined && now - entry.since < windowMillis && entry.count >= failuresAllowed
  }

  add(address: string, now: number): void {
    const entry = this.byAddress.get(address)
    if (entry !== undefined && now - entry.since < windowMillis) entry.count++
    else {
      if (this.byAddress.size >= addressesKept) this.byAddress.clear()
      this.byAddress.set(address, { count: 1, since: now })
    }
  }
}

// A key of 256 random bits needs no slow hash: nobody can try them all.
const hashOf = (key: string): string => createHash("sha256").update(key).digest("hex")

const equalHashes = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

const remoteAddress = Effect.map(HttpServerRequest.HttpServerRequest, (request) =>
  Option.getOrElse(request.remoteAddress, () => "unknown"),
)

const loopbackNames = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i

/** Added by whatever hands on requests of others; then the one who asks may be anywhere. */
const handedOn = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"]

const fromThisMachine = (headers: Headers.Headers): boolean => {
  const { host, "sec-fetch-site": site } = headers
  return (
    (host === undefined || loopbackNames.test(host)) &&
    (site === undefined || site === "same-origin" || site === "none") &&
    !handedOn.some((name) => headers[name] !== undefined)
  )
}

const wrongKey = Unauthorized.because(
  "Send the API key of this bridge as `Authorization: Bearer KEY`. Lost it? Start the bridge with --new-api-key.",
)
const tooManyFailures = TooManyRequests.because("Too many wrong API keys from this address. Wait a minute.")
const foreignPage = Unauthorized.because(
  "This bridge answers this machine only, asked as localhost or 127.0.0.1, not through a proxy and not by another site's page. Start it with --host to be asked from elsewhere, with its API key.",
)
