import { SqlClient } from "@effect/sql"
import { Clock, Context, Effect, Layer } from "effect"
import { randomBytes } from "node:crypto"
import { BridgeConfig } from "../../BridgeConfig.ts"
import type { Person } from "../../measure/Person.ts"
import { ChangeFeed } from "../../store/ChangeFeed.ts"
import { HouseholdId } from "../../store/HouseholdId.ts"
import { standingLine } from "../../store/standingLine.ts"
import { StoreError, storeError } from "../../store/StoreError.ts"
import { endWebhooks, takeBackPermission } from "./leaveWithings.ts"
import { nameFor } from "./nameFor.ts"
import { PersonStore } from "./PersonStore.ts"
import { RequestPriority } from "../client/RequestBudget.ts"
import { readLanding } from "./readLanding.ts"
import type { SignInError } from "./SignInError.ts"
import { fromExchange, signInError } from "./signInSentences.ts"
import { TokenSeal } from "./TokenSeal.ts"
import { TokenStore } from "./TokenStore.ts"
import type { WithingsApi } from "../client/WithingsApi.ts"
import { scopes, WithingsOAuth } from "./WithingsOAuth.ts"

export { SignInError, type SignInReason } from "./SignInError.ts"

/**
 * Signs persons in with Withings by OAuth 2. A started sign-in is bound to a random state that is used once and
 * expires; it is kept in the store, so that any process may finish what another one started.
 */
export class SignIn extends Context.Tag("@withings-bridge/core/withings/SignIn")<
  SignIn,
  {
    /** The page of Withings to open. `personName` proposes how to call whoever signs in. */
    readonly start: (options: {
      readonly personName?: string
    }) => Effect.Effect<{ readonly authorizeUrl: string; readonly state: string }, SignInError | StoreError>
    /** Takes the address that Withings redirected to (any host in it: it may have been pasted) and exchanges its code. */
    readonly finish: (landedOn: string) => Effect.Effect<Person, SignInError | StoreError>
    /**
     * Forgets the tokens of a person and takes the permission back at Withings, where that can be reached. Their
     * history stays.
     */
    readonly signOut: (personId: string) => Effect.Effect<void, StoreError>
  }
>() {
  static readonly layer: Layer.Layer<
    SignIn,
    never,
    | SqlClient.SqlClient
    | ChangeFeed
    | PersonStore
    | TokenSeal
    | TokenStore
    | WithingsOAuth
    | WithingsApi
    | BridgeConfig
  > = Layer.effect(
    SignIn,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const feed = yield* ChangeFeed
      const household = yield* HouseholdId
      const persons = yield* PersonStore
      const seal = yield* TokenSeal
      const tokens = yield* TokenStore
      const oauth = yield* WithingsOAuth
      const { callbackUrl, clientId, profiles } = yield* BridgeConfig
      const context = yield* Effect.context<WithingsApi | WithingsOAuth | BridgeConfig>()
      const atWithings = (leave: Effect.Effect<void, never, WithingsApi | WithingsOAuth | BridgeConfig>) =>
        leave.pipe(Effect.provide(context), Effect.provideService(RequestPriority, "sign-in"))

      const start = ({ personName }: { readonly personName?: string }) =>
        Effect.gen(function* () {
          if (clientId === "") return yield* signInError("not-configured")
          if (seal.isMissing()) return yield* keyMissing
          const now = yield* Clock.currentTimeMillis
          const state = randomBytes(24).toString("base64url")
          yield* Effect.zipRight(
            sql`DELETE FROM sign_in WHERE expires_at < ${now - keepsMillis}`,
            sql`INSERT INTO sign_in (household_id, state, person_name, expires_at)
              VALUES (${household}, ${state}, ${personName ?? null}, ${now + lastsMillis})`,
          ).pipe(storeError("start a sign-in"))
          return { authorizeUrl: oauth.authorizeUrl(state), state }
        })

      /** The state is used up whatever comes of it. Answers the name that was proposed for this sign-in. */
      const redeem = (state: string) =>
        Effect.gen(function* () {
          const now = yield* Clock.currentTimeMillis
          const rows = yield* sql<{ person_name: string | null; expires_at: number }>`
            DELETE FROM sign_in WHERE household_id = ${household} AND state = ${state}
            RETURNING person_name, expires_at`.pipe(storeError("end a sign-in"))
          const [row] = rows
          if (row === undefined) return yield* signInError("unknown-state")
          if (Number(row.expires_at) < now) return yield* signInError("expired-state")
          return row.person_name
        })

      const finish = (landedOn: string) =>
        Effect.gen(function* () {
          const landing = readLanding(landedOn)
          if (landing === null) return yield* signInError("unknown-state")
          if (seal.isMissing()) return yield* keyMissing
          const proposed = yield* redeem(landing.state)
          if (landing.code === null) return yield* signInError("cancelled")
          const granted = yield* Effect.catchAll(
            oauth.exchange(landing.code),
            (error): Effect.Effect<never, SignInError | StoreError> =>
              Effect.fail(error._tag === "StoreError" ? error : fromExchange(error, callbackUrl)),
          )
          const missing = scopes.filter((scope) => granted.scopes !== null && !granted.scopes.includes(scope))
          if (missing.length > 0) return yield* signInError("missing-scope", missing.join(", "))
          const userId = granted.userId
          if (userId === null) return yield* signInError("code-refused", "Withings did not say who signed in")
          return yield* feed.commit(() =>
            Effect.gen(function* () {
              const known = (yield* persons.all).map(({ person }) => person)
              const name = nameFor({ userId, proposed, profiles, known })
              if (name === null) return yield* signInError("other-person", proposed ?? "")
              const person = yield* persons
                .keep({
                  withingsUserId: userId,
                  clientId,
                  name,
                  newId: seal.personId(userId),
                })
                .pipe(Effect.catchTag("OtherHousehold", () => Effect.fail(signInError("other-household"))))
              yield* tokens.put(person.id, granted.pair, granted.expiresIn)
              return { value: person, changed: true }
            }),
          )
        }).pipe(
          Effect.tap(({ name }) => Effect.logInfo(standingLine(name, "signed-in", null))),
          Effect.provideService(RequestPriority, "sign-in"),
        )

      const signOut = (personId: string) =>
        Effect.gen(function* () {
          const known = yield* persons.one(personId)
          const mine = known?.clientId === clientId ? known.person : null
          if (mine !== null) yield* atWithings(endWebhooks(mine))
          // Before Withings refuses them, so that no sync takes the end of the tokens for a loss.
          yield* tokens.forget(personId)
          yield* persons.signedOut(personId)
          if (mine !== null) yield* atWithings(takeBackPermission(mine))
        })

      return SignIn.of({ start, finish, signOut })
    }),
  )
}

/** Others' tokens are closed with the key that is missing: a new one in its place would lose them for good. */
const keyMissing = new StoreError({
  operation: "keep a sign-in",
  cause:
    "the file `key` is missing from the home folder. Put it back from a backup; " +
    "or run `withings-bridge key new`, after which everyone has to sign in again.",
})

/** Someone may have to look for their password first. */
const lastsMillis = 15 * 60_000
/** An expired state is remembered for a day, so that it can be told from one that was made up. */
const keepsMillis = 24 * 3_600_000
