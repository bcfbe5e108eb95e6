import { Data } from "effect"
import type { PersonId } from "../../measure/Person.ts"
import type { StoreError } from "../../store/StoreError.ts"

interface Refusal {
  readonly action: string
  readonly status: number
  /** Withings' own words, where it gives any. */
  readonly detail: string | null
}

const says = ({ action, status, detail }: Refusal) =>
  `Withings answered ${action} with status ${status}${detail === null ? "" : ` (${detail})`}`

/** A refresh mends it; alone it never means that the sign-in is lost. */
export class AuthenticationFailed extends Data.TaggedError("AuthenticationFailed")<Refusal> {
  override get message() {
    return `${says(this)}: the access token was not accepted.`
  }
}

/** The person has not allowed this. */
export class Unauthorized extends Data.TaggedError("Unauthorized")<Refusal> {
  override get message() {
    return `${says(this)}: this is not allowed for this person. Sign in again and leave every permission ticked.`
  }
}

export class InvalidParams extends Data.TaggedError("InvalidParams")<Refusal> {
  override get message() {
    return `${says(this)}: something in the request was not accepted.`
  }
}

export class NotImplemented extends Data.TaggedError("NotImplemented")<Refusal> {
  override get message() {
    return `${says(this)}: this service is not offered.`
  }
}

/** Trouble on Withings' own side, or the record is in a state that does not allow the call now. */
export class WithingsFailed extends Data.TaggedError("WithingsFailed")<Refusal> {
  override get message() {
    return `${says(this)}: an error on the side of Withings. It is tried again.`
  }
}

/** Too many requests of this application in a minute. Everyone who shares the client id waits. */
export class TooManyRequests extends Data.TaggedError("TooManyRequests")<{
  readonly action: string
  /** Epoch seconds. */
  readonly retryAt: number
}> {
  override get message() {
    const at = new Date(this.retryAt * 1000).toISOString()
    return `Withings allows no more requests of this application for the moment (${this.action}); it goes on at ${at}.`
  }
}

/** No answer in time: no network, a wrong proxy, Withings is down. */
export class Unreachable extends Data.TaggedError("Unreachable")<{
  readonly action: string
  readonly url: string
  readonly reason: string
}> {
  override get message() {
    return `${this.url} could not be reached for ${this.action}: ${this.reason}. It is tried again.`
  }
}

/** Not an answer of the API: a hotel's login page, a cut body, a missing list. */
export class Garbled extends Data.TaggedError("Garbled")<{
  readonly action: string
  readonly reason: string
}> {
  override get message() {
    return `The answer of Withings to ${this.action} could not be read: ${this.reason}. It is tried again.`
  }
}

/** No tokens work for this person: someone has to sign in. */
export class NeedsSignIn extends Data.TaggedError("NeedsSignIn")<{
  readonly personId: PersonId
  readonly reason: string
}> {
  override get message() {
    return `Sign in at Withings again: ${this.reason}`
  }
}

/** The tokens belong to another client id than the configured one. */
export class OtherApplication extends Data.TaggedError("OtherApplication")<{ readonly personId: PersonId }> {
  override get message() {
    return "Sign in at Withings again: this person signed in to another Withings application than the configured one."
  }
}

export type WithingsError =
  | AuthenticationFailed
  | Unauthorized
  | InvalidParams
  | NotImplemented
  | WithingsFailed
  | TooManyRequests
  | Unreachable
  | Garbled
  | NeedsSignIn
  | OtherApplication
  | StoreError

/** Whether the same request may succeed later. */
export const isRetryable = (error: WithingsError): boolean =>
  error._tag === "Unreachable" || error._tag === "Garbled" || error._tag === "WithingsFailed"

/** Withings does not accept the callback address, so no subscription to it can succeed. */
export const refusesAddress = (error: WithingsError): boolean =>
  error._tag === "InvalidParams" && error.status === 293

/**
 * Withings answered, but refuses this one request: others still work. This includes a token that is not accepted, since a
 * new one was fetched before.
 */
export const isRefused = (
  error: WithingsError,
): error is AuthenticationFailed | InvalidParams | NotImplemented | Unauthorized =>
  error._tag === "AuthenticationFailed" ||
  error._tag === "Unauthorized" ||
  error._tag === "InvalidParams" ||
  error._tag === "NotImplemented"
