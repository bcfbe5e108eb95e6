import { Effect } from "effect"
import { MeasureStore } from "../../store/MeasureStore.ts"
import { Subscriptions } from "../../store/Subscriptions.ts"
import { SyncCursor } from "../../store/SyncCursor.ts"
import type { Step } from "../SyncPlan.ts"
import { lostWebhooks } from "./lostWebhooks.ts"
import { meetDevices, readPages } from "./readPages.ts"
import { partlyRead } from "./skippedLog.ts"
import { type Lead, stillLeads } from "./Lead.ts"

/** Reads what was changed since the last time. */
export const readDelta = Effect.fn("readDelta")(function* (
  lead: Lead,
  { announced, feed, span }: Omit<Extract<Step, { readonly _tag: "Delta" }>, "_tag">,
) {
  const { personId } = lead
  const measures = yield* MeasureStore
  const lost = yield* lostWebhooks
  const page = { personId, source: feed, firstHistory: false }
  const newest = yield* readPages({ personId, feed, span }, (read) =>
    Effect.zipRight(
      meetDevices(personId, read.measures),
      measures.keep({ ...page, measures: read.measures, partlyRead: partlyRead(read) }, (changed) => {
        lost.note(changed)
        return stillLeads(lead)
      }),
    ),
  )
  if (announced && lost.any()) yield* (yield* Subscriptions).missed(personId, feed)
  // Only now: pages come in no order, and what a broken-off delta did not read must be asked for again.
  yield* (yield* SyncCursor).advance(personId, feed, newest)
})
