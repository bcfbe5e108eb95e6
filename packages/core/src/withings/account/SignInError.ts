import { Data } from "effect"

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

/**
 * Sign-in did not come to its end. The message says what to do next, in English; `detail` is what it says it of, for
 * whoever says it in another language.
 */
export class SignInError extends Data.TaggedError("SignInError")<{
  readonly reason: SignInReason
  readonly message: string
  readonly detail?: string
}> {}
