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

/** A sign-in failed. The English message says what to do next; translations need `detail`. */
export class SignInError extends Data.TaggedError("SignInError")<{
  readonly reason: SignInReason
  readonly message: string
  readonly detail?: string
}> {
  get code() {
    return `sign-in-${this.reason}` as const
  }
}
