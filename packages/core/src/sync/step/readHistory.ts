import { Effect, Ref } from "effect"
import { epochSeconds } from "../../epochSeconds.ts"
import { firstSessionOf } from "../../measure/Device.ts"
import { HouseholdStore } from "../../store/HouseholdStore.ts"
import { MeasureStore } from "../../store/MeasureStore.ts"
import { cursorOf, newCursor, SyncCursor } from "../../store/SyncCursor.ts"
import { estimateTotal, isLast, type Step } from "../SyncPlan.ts"
import { readPages } from "./readPages.ts"
import { type Lead, stillLeads } from "./Lead.ts"

/** Reads a window of the first history, and keeps how far it came. */
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
  const done = yield* Ref.make(start.historyDone)
  const page = { personId, source: feed, firstHistory: true }
  const newest = yield* readPages({ personId, feed, span: { _tag: "Between", from, to } }, (read) =>
    measures.keep({ ...page, measures: read.measures }, (kept) =>
      Effect.gen(function* () {
        yield* stillLeads(lead)
        const historyDone = yield* Ref.updateAndGet(done, (n) => n + kept.length)
        yield* cursors.write(personId, { ...start, historyDone })
      }),
    ),
  )
  const historyDone = yield* Ref.get(done)
  const finished = isLast(step)
  const total = finished ? historyDone : estimateTotal(historyDone, from, start.historyStarted, sessions)
  yield* measures.keep({ ...page, measures: [] }, () =>
    cursors.write(personId, {
      ...start,
      // Later changes are picked up by the deltas.
      newestModified: Math.min(start.historyStarted, Math.max(start.newestModified, newest)),
      historyBefore: from,
      historyDone,
      historyTotal: total,
      historyFinished: finished ? now : null,
    }),
  )
})
