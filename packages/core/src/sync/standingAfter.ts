import type { NewStanding } from "../store/personRows.ts"
import type {
  AuthenticationFailed,
  InvalidParams,
  NotImplemented,
  Unauthorized,
  WithingsError,
} from "../withings/client/WithingsError.ts"
import { backoff } from "./SyncPlan.ts"

/** What an error means for the person: how they stand, and when it is tried again (epoch seconds). */
export const standingAfter = (
  error: WithingsError,
  now: number,
  failures: number,
): NewStanding & { nextTry: number } => {
  const nextTry = now + backoff(failures)
  switch (error._tag) {
    case "TooManyRequests":
      return { state: "throttled", reason: error.message, nextTry: Math.max(now + 1, error.retryAt) }
    case "OtherApplication":
      return { state: "needs-sign-in", reason: error.message, nextTry: now + 60 }
    default:
      return { state: "offline", reason: error.message, nextTry }
  }
}

/**
 * Withings answered, but refused this one thing: the others still work. A token that is not accepted is one of them,
 * since a new one was fetched before.
 */
export const concernsOneThing = (
  error: WithingsError,
): error is AuthenticationFailed | InvalidParams | NotImplemented | Unauthorized =>
  error._tag === "AuthenticationFailed" ||
  error._tag === "Unauthorized" ||
  error._tag === "InvalidParams" ||
  error._tag === "NotImplemented"
