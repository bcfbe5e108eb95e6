import { Context, Data, Effect, Equal, Layer, type Redacted } from "effect"
import { epochSeconds } from "../../epochSeconds.ts"
import { BridgeConfig } from "../../BridgeConfig.ts"
import type { PersonId } from "../../measure/Person.ts"
import { Lease } from "../../store/Lease.ts"
import type { StoreError } from "../../store/StoreError.ts"
import { PersonStore } from "./PersonStore.ts"
import type { TokenPair } from "./TokenPair.ts"
import { TokenStore, type StoredTokens } from "./TokenStore.ts"
import { NeedsSignIn, OtherApplication, type WithingsError } from "../client/WithingsError.ts"
import type { HttpError } from "../client/WithingsHttp.ts"
import type { Granted } from "../wire/token.ts"
import { WithingsOAuth } from "./WithingsOAuth.ts"

/** Seconds before its expiry at which a token is refreshed: longer than any request takes. */
const margin = 300
/** Seconds after which a refused refresh is tried again: Withings has refused good tokens before. */
const askAgain = 3600

/**
 * The access token of a person, refreshed in time: one refresh at a time for each person over all processes. The new
 * pair is committed before it is used, and the old one kept in case the new one is refused.
 */
export class AccessToken extends Context.Tag("@withings-bridge/core/withings/AccessToken")<
  AccessToken,
  {
    readonly get: (personId: PersonId) => Effect.Effect<Redacted.Redacted, WithingsError>
    /** A new token in place of one that Withings did not accept. */
    readonly instead: (
      personId: PersonId,
      refused: Redacted.Redacted,
    ) => Effect.Effect<Redacted.Redacted, WithingsError>
  }
>() {
  static readonly layer = Layer.effect(
    AccessToken,
    Effect.gen(function* () {
      const needs: Needs = {
        tokens: yield* TokenStore,
        persons: yield* PersonStore,
        oauth: yield* WithingsOAuth,
        lease: yield* Lease,
        clientId: (yield* BridgeConfig).clientId,
      }
      return AccessToken.of({
        get: (personId) => withReplaced(current(needs, personId)),
        instead: (personId, refused) =>
          withReplaced(refreshOnce(needs, personId, ({ access }) => Equal.equals(access, refused))),
      })
    }),
  )
}

interface Needs {
  readonly tokens: TokenStore["Type"]
  readonly persons: PersonStore["Type"]
  readonly oauth: WithingsOAuth["Type"]
  readonly lease: Lease["Type"]
  readonly clientId: string
}

const current = (needs: Needs, personId: PersonId) =>
  Effect.gen(function* () {
    const { stored, wasLost } = yield* read(needs, personId)
    // Only a refresh can show whether a lost sign-in works again.
    if (!wasLost && stored.current !== null && (yield* isFresh(stored))) return stored.current.access
    return yield* refreshOnce(needs, personId, () => false)
  })

const refreshOnce = (needs: Needs, personId: PersonId, isStale: (pair: TokenPair) => boolean) =>
  needs.lease.withLease(`refresh:${personId}`)(({ fencing }) =>
    Effect.gen(function* () {
      const { stored, wasLost } = yield* read(needs, personId)
      // The holder before may have refreshed already.
      if (!wasLost && stored.current !== null && !isStale(stored.current) && (yield* isFresh(stored)))
        return stored.current.access
      // Uninterruptible: between answer and commit the only copy of the new pair is in memory.
      return yield* Effect.uninterruptibleMask((restore) =>
        Effect.flatMap(restore(ask(needs, stored)), (answer) => commit(needs, stored, answer, fencing)),
      )
    }),
  )

/** The stored tokens; fails when they cannot be used. */
const read = (needs: Needs, personId: PersonId) =>
  Effect.gen(function* () {
    const known = yield* needs.persons.one(personId)
    if (known === null)
      return yield* new NeedsSignIn({ personId, reason: "this person has not signed in yet." })
    if (known.clientId !== needs.clientId) return yield* new OtherApplication({ personId })
    const { reason, nextTry, state } = known.person.standing
    if (state === "needs-sign-in" && isAhead(nextTry, yield* epochSeconds))
      return yield* new NeedsSignIn({ personId, reason: reason ?? "Withings refused the tokens." })
    const stored = yield* needs.tokens.read(personId)
    if (stored === null) return yield* new NeedsSignIn({ personId, reason: "this person has signed out." })
    // No next try: another process may have the right key.
    if (stored.current === null && stored.previous === null)
      return yield* lost(needs, stored, otherKey, false)
    return { stored, wasLost: state === "needs-sign-in" }
  })

const otherKey = "the tokens were sealed with a key other than the home folder's or WITHINGS_BRIDGE_KEY."

/** Tries the refresh token in use, then the one before it. The sign-in is lost only when both are refused. */
const ask = (needs: Needs, stored: StoredTokens): Effect.Effect<Granted, WithingsError | TokensReplaced> => {
  const [first, second] = [stored.current, stored.previous].filter((pair) => pair !== null)
  const refused = (error: HttpError) => lost(needs, stored, refusalReason(error))
  if (first === undefined) return lost(needs, stored, "there are no tokens.")
  return needs.oauth
    .refresh(first.refresh)
    .pipe(
      Effect.catchIf(isRefusal, (error) =>
        second === undefined
          ? refused(error)
          : Effect.catchIf(needs.oauth.refresh(second.refresh), isRefusal, refused),
      ),
    )
}

const commit = ({ persons, tokens }: Needs, stored: StoredTokens, answer: Granted, fencing: number) =>
  Effect.gen(function* () {
    const rotation = tokens.rotate(stored, answer.pair, answer.expiresIn, fencing)
    // Another process may have declared the same tokens lost meanwhile.
    const kept = yield* persons.recoverWith(stored.personId, rotation)
    return kept ? answer.pair.access : yield* new TokensReplaced()
  })

/** Always fails: with the loss, or because the refused tokens were replaced meanwhile. */
const lost = ({ persons }: Needs, { personId, seen }: StoredTokens, reason: string, tryAgain = true) =>
  Effect.gen(function* () {
    const nextTry = tryAgain ? (yield* epochSeconds) + askAgain : null
    const stands = yield* persons.needsSignIn(personId, { reason, nextTry, refused: seen })
    return yield* stands ? new NeedsSignIn({ personId, reason }) : new TokensReplaced()
  })

const isFresh = ({ expiresAt }: StoredTokens) => Effect.map(epochSeconds, (now) => expiresAt - margin > now)

/** The row of tokens is no longer the one that was used: another process refreshed, or the person signed in again. */
class TokensReplaced extends Data.TaggedError("TokensReplaced") {}

/** Starts again with the tokens that are there now. It ends, because each round another process got further. */
const withReplaced = <A>(
  effect: Effect.Effect<A, WithingsError | TokensReplaced>,
): Effect.Effect<A, WithingsError> => Effect.catchTag(effect, "TokensReplaced", () => withReplaced(effect))

/** A time further ahead than `askAgain` was written before the clock was set back. */
const isAhead = (nextTry: number | null, now: number): boolean =>
  nextTry !== null && nextTry > now && nextTry <= now + askAgain

/** A definite no to the refresh. All else (no network, 601, 5xx, a web page) may pass. */
const isRefusal = (error: HttpError): boolean =>
  error._tag === "InvalidParams" || error._tag === "AuthenticationFailed" || error._tag === "Unauthorized"

const refusalReason = (error: HttpError | StoreError): string =>
  "detail" in error && /client/i.test(error.detail ?? "")
    ? "Withings did not accept the client id or client secret of the configuration."
    : "Withings refused to renew the tokens; the permission was withdrawn or lay unused for a year."
