import { Effect } from "effect"
import type { AnyFeed } from "../withings/client/Feed.ts"
import { RequestPriority } from "../withings/client/RequestBudget.ts"

/** Someone waits for the answer. */
const promptly = Effect.provideService(RequestPriority, "webhook")
export const soon = Effect.provideService(RequestPriority, "poll")
/** Nobody waits for the past. */
export const patiently = Effect.provideService(RequestPriority, "history")

/** Someone stands on a scale, or has just measured their heart: the steps of a day, or last night, are less urgent. */
export const isAwaited = (feed: AnyFeed): boolean => feed === "getmeas" || feed === "heart"

/** What was asked for, as urgent as it is. */
export const asUrgentAs = (feed: AnyFeed) => (isAwaited(feed) ? promptly : soon)
