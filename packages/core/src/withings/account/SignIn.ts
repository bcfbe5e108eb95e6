import { SqlClient } from "@effect/sql"
import { Clock, Context, Effect, Layer } from "effect"
import { randomBytes } from "node:crypto"
import { BridgeConfig } from "../../BridgeConfig.ts"
import { dataSource } from "../../dataSource.ts"
import type { Person, PersonId } from "../../measure/Person.ts"
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
 * Signs persons in with Withings by OAuth 2. A started sign-in has a random state, used once, that expires. The store
 * keeps it, so that another process may finish the sign-in.
 */
export class SignIn extends Context.Tag("@withings-bridge/core/withings/SignIn")<
  SignIn,
  {
    /** The page of Withings to open. `personName` proposes a name for the person. */
    readonly start: (options: {
      readonly personName?: string
    }) => Effect.Effect<{ readonly authorizeUrl: string; readonly state: string }, SignInError | StoreError>
    /** Exchanges the code in the address that Withings redirected to. Its host does not matter: it may be pasted. */
    readonly finish: (landedOn: string) => Effect.Effect<Person, SignInError | StoreError>
    /** Forgets the person's tokens and withdraws the permission at Withings, if reachable. The history stays. */
    readonly signOut: (personId: PersonId) => Effect.Effect<void, StoreError>
  }
>() {
  static readonly layer = Layer.effect(
    SignIn,
    Effect.gen(function* () {
      const needs: Needs = {
        sql: yield* SqlClient.SqlClient,
        feed: yield* ChangeFeed,
        household: yield* HouseholdId,
        persons: yield* PersonStore,
        seal: yield* TokenSeal,
        tokens: yield* TokenStore,
        oauth: yield* WithingsOAuth,
        config: yield* BridgeConfig,
      }
      const context = yield* Effect.context<WithingsApi | WithingsOAuth | BridgeConfig>()
      const signingIn = Effect.provideService(RequestPriority, "sign-in")
      return SignIn.of({
        start: ({ personName = null }) => start(needs, personName),
        finish: (landedOn) => finish(needs, landedOn).pipe(signingIn),
        signOut: (personId) => signOut(needs, personId).pipe(Effect.provide(context), signingIn),
      })
    }),
  )
}

interface Needs {
  readonly sql: SqlClient.SqlClient
  readonly feed: ChangeFeed["Type"]
  readonly household: string
  readonly persons: PersonStore["Type"]
  readonly seal: TokenSeal["Type"]
  readonly tokens: TokenStore["Type"]
  readonly oauth: WithingsOAuth["Type"]
  readonly config: BridgeConfig
}

const start = ({ config, household, oauth, seal, sql }: Needs, personName: string | null) =>
  Effect.gen(function* () {
    if (dataSource(config) === null) return yield* signInError("not-configured")
    if (seal.isMissing()) return yield* keyMissing
    const now = yield* Clock.currentTimeMillis
    const state = randomBytes(24).toString("base64url")
    yield* Effect.zipRight(
      sql`DELETE FROM sign_in WHERE expires_at < ${now - keepsMillis}`,
      sql`INSERT INTO sign_in (household_id, state, person_name, expires_at)
        VALUES (${household}, ${state}, ${personName}, ${now + lastsMillis})`,
    ).pipe(storeError("start a sign-in"))
    return { authorizeUrl: oauth.authorizeUrl(state), state }
  })

const finish = (needs: Needs, landedOn: string) =>
  Effect.gen(function* () {
    const landing = readLanding(landedOn)
    if (landing === null) return yield* signInError("unknown-state")
    if (needs.seal.isMissing()) return yield* keyMissing
    const proposed = yield* redeem(needs, landing.state)
    if (landing.code === null) return yield* signInError("cancelled")
    const granted = yield* exchange(needs, landing.code)
    const person = yield* keep(needs, granted, proposed)
    yield* Effect.logInfo(standingLine(person.name, "signed-in", null))
    return person
  })

/** Uses up the state, even if the sign-in fails later. Returns the name proposed for this sign-in. */
const redeem = ({ household, sql }: Needs, state: string) =>
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

const exchange = ({ config, oauth }: Needs, code: string) =>
  Effect.gen(function* () {
    const granted = yield* Effect.mapError(oauth.exchange(code), (error) =>
      error._tag === "StoreError" ? error : fromExchange(error, config.callbackUrl),
    )
    const missing = scopes.filter((scope) => granted.scopes !== null && !granted.scopes.includes(scope))
    if (missing.length > 0) return yield* signInError("missing-scope", missing.join(", "))
    const { userId } = granted
    if (userId === null) return yield* signInError("code-refused", "Withings did not say who signed in")
    return { ...granted, userId }
  })

type GrantedTo = Effect.Effect.Success<ReturnType<typeof exchange>>

/** Keeps the person and their tokens in one transaction. */
const keep = (needs: Needs, { expiresIn, pair, userId }: GrantedTo, proposed: string | null) => {
  const { config, feed, persons, seal, tokens } = needs
  return feed.commit(() =>
    Effect.gen(function* () {
      const known = (yield* persons.all).map(({ person }) => person)
      const name = nameFor({ userId, proposed, profiles: config.profiles, known })
      if (name === null) return yield* signInError("other-person", proposed ?? "")
      const newId = seal.personId(userId)
      const person = yield* persons
        .keep({ withingsUserId: userId, clientId: config.clientId, name, newId })
        .pipe(Effect.catchTag("OtherHousehold", () => Effect.fail(signInError("other-household"))))
      yield* tokens.put(person.id, pair, expiresIn)
      return { value: person, changed: true }
    }),
  )
}

const signOut = ({ config, persons, tokens }: Needs, personId: PersonId) =>
  Effect.gen(function* () {
    const known = yield* persons.one(personId)
    const mine = known?.clientId === config.clientId ? known.person : null
    if (mine !== null) yield* endWebhooks(mine)
    // First, so that no sync reports the revoked tokens as a lost sign-in.
    yield* tokens.forget(personId)
    yield* persons.signedOut(personId)
    if (mine !== null) yield* takeBackPermission(mine)
  })

/** A new key would make the tokens of everyone else unreadable. */
const keyMissing = new StoreError({
  operation: "keep a sign-in",
  cause:
    "the file `key` is missing from the home folder. Put it back from a backup; " +
    "or run `withings-bridge key new`, after which everyone has to sign in again.",
})

/** Someone may have to look for their password first. */
const lastsMillis = 15 * 60_000
/** Expired states are kept for a day, to tell them from invented ones. */
const keepsMillis = 24 * 3_600_000
