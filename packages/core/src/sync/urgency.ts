import { Effect } from "effect"
import type { AnyFeed } from "../withings/client/Feed.ts"
import { RequestPriority } from "../withings/client/RequestBudget.ts"

const promptly = Effect.provideService(RequestPriority, "webhook")
export const soon = Effect.provideService(RequestPriority, "poll")
export const patiently = Effect.provideService(RequestPriority, "history")

/** Whether someone waits for it: on a scale, or after an electrocardiogram. */
export const isAwaited = (feed: AnyFeed): boolean => feed === "getmeas" || feed === "heart"

/** The priority of a requested feed. */
export const asUrgentAs = (feed: AnyFeed) => (isAwaited(feed) ? promptly : soon)
