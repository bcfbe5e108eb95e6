import { Data } from "effect"

export const signInReasons = [
  "not-configured",
  "unknown-state",
  "expired-state",
  "cancelled",
  "code-refused",
  "redirect-mismatch",
  "wrong-secret",
  "missing-scope",
  "other-person",
  "other-household",
  "unreachable",
] as const

export type SignInReason = (typeof signInReasons)[number]

/**
 * Sign-in did not come to its end. The message says what to do next, in English; `detail` is what it says it of, for
 * whoever says it in another language.
 */
export class SignInError extends Data.TaggedError("SignInError")<{
  readonly reason: SignInReason
  readonly message: string
  readonly detail?: string
}> {
  get code() {
    return `sign-in-${this.reason}` as const
  }
}
