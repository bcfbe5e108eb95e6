import type { NewStanding } from "../store/personRows.ts"
import type { WithingsError } from "../withings/client/WithingsError.ts"
import { backoff } from "./SyncPlan.ts"

/** The person's standing after an error, with the next try (epoch seconds). */
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
