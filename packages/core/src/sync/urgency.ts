import { Effect } from "effect"
import { RequestPriority } from "../withings/client/RequestBudget.ts"

/** Someone waits for the answer. */
export const promptly = Effect.provideService(RequestPriority, "webhook")
export const soon = Effect.provideService(RequestPriority, "poll")
/** Nobody waits for the past. */
export const patiently = Effect.provideService(RequestPriority, "history")
