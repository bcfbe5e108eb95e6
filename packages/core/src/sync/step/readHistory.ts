import { Effect } from "effect"
import { epochSeconds } from "../../epochSeconds.ts"
import { firstSessionOf } from "../../measure/Device.ts"
import { HouseholdStore } from "../../store/HouseholdStore.ts"
import { MeasureStore } from "../../store/MeasureStore.ts"
import { cursorOf, newCursor, SyncCursor } from "../../store/SyncCursor.ts"
import { WithingsApi } from "../../withings/client/WithingsApi.ts"
import { type Lead, stillLeads } from "../Lead.ts"
import { estimateTotal, isLast, type Step } from "../SyncPlan.ts"
import { readPages } from "./readPages.ts"

/** Reads a window of the first history, and notes the progress. */
export const readHistory = Effect.fn("readHistory")(function* (
  lead: Lead,
  step: Extract<Step, { readonly _tag: "History" }>,
) {
  const { personId } = lead
  const { feed, from, to } = step
  const cursors = yield* SyncCursor
  const measures = yield* MeasureStore
  const now = yield* epochSeconds
  const sessions = firstSessionOf(personId, yield* (yield* HouseholdStore).devices)
  const start = (yield* cursorOf(personId, feed)) ?? newCursor(feed, now)
  let historyDone = start.historyDone
  const page = { personId, source: feed, firstHistory: true }
  const pages = (yield* WithingsApi).pages(personId, feed, { _tag: "Between", from, to })
  const newest = yield* readPages({ personId, feed }, pages, (read) =>
    measures.keep({ ...page, measures: read.measures }, (kept) => {
      historyDone += kept.length
      return Effect.zipRight(stillLeads(lead), cursors.write(personId, { ...start, historyDone }))
    }),
  )
  const finished = isLast(step)
  const total = finished ? historyDone : estimateTotal(historyDone, from, start.historyStarted, sessions)
  yield* measures.keep({ ...page, measures: [] }, () =>
    cursors.write(personId, {
      ...start,
      // Deltas read later changes.
      newestModified: Math.min(start.historyStarted, Math.max(start.newestModified, newest)),
      historyBefore: from,
      historyDone,
      historyTotal: total,
      historyFinished: finished ? now : null,
    }),
  )
})
