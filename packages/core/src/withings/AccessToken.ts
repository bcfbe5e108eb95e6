import { Clock, Context, Effect, Equal, Layer, type Redacted } from "effect"
import { BridgeConfig } from "../BridgeConfig.ts"
import { Lease } from "../store/Lease.ts"
import type { StoreError } from "../store/StoreError.ts"
import { PersonStore } from "./PersonStore.ts"
import type { TokenPair } from "./TokenPair.ts"
import { TokenStore, type StoredTokens } from "./TokenStore.ts"
import { NeedsSignIn, type WithingsError } from "./WithingsError.ts"
import type { HttpError } from "./WithingsHttp.ts"
import { WithingsOAuth, type Granted } from "./WithingsOAuth.ts"

/** Refreshed this long before it expires, in seconds: longer than any request takes. */
const margin = 300
/** A refused refresh is asked again now and then, in seconds: Withings has been wrong about it before. */
const askAgain = 3600

/**
 * The access token of a person, refreshed when it is time: one refresh at a time for each person over all processes,
 * the new pair committed before anyone uses it, the old one kept in case the new one is refused.
 */
export class AccessToken extends Context.Tag("@withings-bridge/core/withings/AccessToken")<
  AccessToken,
  {
    readonly get: (personId: string) => Effect.Effect<Redacted.Redacted, WithingsError>
    /** Another one than this, which Withings did not accept. */
    readonly instead: (
      personId: string,
      refused: Redacted.Redacted,
    ) => Effect.Effect<Redacted.Redacted, WithingsError>
  }
>() {
  static readonly layer: Layer.Layer<
    AccessToken,
    never,
    TokenStore | PersonStore | WithingsOAuth | Lease | BridgeConfig
  > = Layer.effect(
    AccessToken,
    Effect.gen(function* () {
      const tokens = yield* TokenStore
      const persons = yield* PersonStore
      const oauth = yield* WithingsOAuth
      const lease = yield* Lease
      const { clientId } = yield* BridgeConfig
      const seconds = Effect.map(Clock.currentTimeMillis, (now) => Math.floor(now / 1000))

      const lost = (personId: string, reason: string, tryAgain = true) =>
        Effect.gen(function* () {
          const nextTry = tryAgain ? (yield* seconds) + askAgain : null
          yield* persons.needsSignIn(personId, reason, nextTry)
          return yield* new NeedsSignIn({ personId, reason })
        })

      /** Reads the row, or says why there is nothing to be had from it. */
      const read = (personId: string) =>
        Effect.gen(function* () {
          const known = (yield* persons.all).find(({ person }) => person.id === personId)
          if (known === undefined) {
            return yield* new NeedsSignIn({ personId, reason: "this person has not signed in yet." })
          }
          if (known.clientId !== clientId) {
            const reason = "this person signed in to another Withings application than the configured one."
            return yield* new NeedsSignIn({ personId, reason })
          }
          const { reason, nextTry, state } = known.person.standing
          if (state === "needs-sign-in" && nextTry !== null && nextTry > (yield* seconds)) {
            return yield* new NeedsSignIn({ personId, reason: reason ?? "Withings refused the tokens." })
          }
          const stored = yield* tokens.read(personId)
          if (stored === null)
            return yield* new NeedsSignIn({ personId, reason: "this person has signed out." })
          if (stored.current === null && stored.previous === null) {
            // Another process may have the right key: it is not to be kept from trying.
            return yield* lost(
              personId,
              "the tokens are closed with another key than that of the home folder or of WITHINGS_BRIDGE_KEY.",
              false,
            )
          }
          return { stored, wasLost: state === "needs-sign-in" }
        })

      const isFresh = ({ expiresAt }: StoredTokens) => Effect.map(seconds, (now) => expiresAt - margin > now)

      const commit = (stored: StoredTokens, answer: Granted, fencing: number, wasLost: boolean) =>
        Effect.gen(function* () {
          const { personId } = stored
          if (yield* tokens.rotate(stored, answer.pair, answer.expiresIn, fencing)) {
            if (wasLost) yield* persons.recovered(personId)
            return answer.pair.access
          }
          const winner = (yield* read(personId)).stored.current
          return winner === null ? yield* lost(personId, "the tokens were replaced.") : winner.access
        })

      const refreshed = (personId: string, isStale: (pair: TokenPair) => boolean) =>
        lease.withLease(`refresh:${personId}`)(({ fencing }) =>
          Effect.gen(function* () {
            const { stored, wasLost } = yield* read(personId)
            // Whoever had the lease before may have done the work already.
            if (!wasLost && stored.current !== null && !isStale(stored.current) && (yield* isFresh(stored))) {
              return stored.current.access
            }
            // Not to be torn apart: between the answer and the commit the only copy of the new pair is in memory.
            return yield* Effect.uninterruptibleMask((restore) =>
              Effect.flatMap(restore(ask(stored)), (answer) => commit(stored, answer, fencing, wasLost)),
            )
          }),
        )

      /** The refresh token in use, then the one before it. Only when both are refused the sign-in is lost. */
      const ask = ({ personId, current, previous }: StoredTokens): Effect.Effect<Granted, WithingsError> => {
        const [first, second] = [current, previous].filter((pair) => pair !== null)
        const refused = (error: HttpError) => lost(personId, refusalReason(error))
        if (first === undefined) return lost(personId, "there are no tokens.")
        return oauth
          .refresh(first.refresh)
          .pipe(
            Effect.catchIf(isRefusal, (error) =>
              second === undefined
                ? refused(error)
                : Effect.catchIf(oauth.refresh(second.refresh), isRefusal, refused),
            ),
          )
      }

      return AccessToken.of({
        get: (personId) =>
          Effect.gen(function* () {
            const { stored, wasLost } = yield* read(personId)
            // Whether a sign-in that was taken for lost works again, only a refresh can tell.
            if (!wasLost && stored.current !== null && (yield* isFresh(stored))) return stored.current.access
            return yield* refreshed(personId, () => false)
          }),
        instead: (personId, refused) => refreshed(personId, ({ access }) => Equal.equals(access, refused)),
      })
    }),
  )
}

/** A definite answer to the refresh itself. Everything else (no network, 601, 5xx, a web page) may pass. */
const isRefusal = (error: HttpError): boolean =>
  error._tag === "InvalidParams" || error._tag === "AuthenticationFailed" || error._tag === "Unauthorized"

const refusalReason = (error: HttpError | StoreError): string =>
  "detail" in error && /client/i.test(error.detail ?? "")
    ? "Withings did not accept the client id or client secret of the configuration."
    : "Withings refused to renew the tokens; the permission was withdrawn or lay unused for a year."
