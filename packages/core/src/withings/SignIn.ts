import { Context, Data, type Effect } from "effect"
import type { Person } from "../measure/Person.ts"
import type { StoreError } from "../store/StoreError.ts"

export type SignInReason =
  | "not-configured"
  | "unknown-state"
  | "expired-state"
  | "cancelled"
  | "code-refused"
  | "redirect-mismatch"
  | "wrong-secret"
  | "missing-scope"
  | "other-person"
  | "unreachable"

/** Sign-in did not come to its end. The message says what to do next. */
export class SignInError extends Data.TaggedError("SignInError")<{
  readonly reason: SignInReason
  readonly message: string
}> {}

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
    /** Forgets the tokens of a person; their history stays. */
    readonly signOut: (personId: string) => Effect.Effect<void, StoreError>
  }
>() {}
