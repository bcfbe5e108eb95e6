import { Effect } from "effect"
import type { GroupId } from "../../measure/Measure.ts"
import { MeasureStore } from "../../store/MeasureStore.ts"
import { Subscriptions } from "../../store/Subscriptions.ts"
import type { Step } from "../SyncPlan.ts"
import { lostWebhooks } from "./lostWebhooks.ts"
import { meetDevices, readPages } from "./readPages.ts"
import { partlyRead } from "./skippedLog.ts"
import { type Lead, stillLeads } from "./Lead.ts"

export interface Reread extends Omit<Extract<Step, { readonly _tag: "Reread" }>, "_tag"> {
  /** Withings said that something in the window changed, so that a deletion there is no surprise. */
  readonly expected: boolean
  /** What was taken since then is read as well, but nothing before the window is deleted. Epoch seconds. */
  readonly since?: number
}

/** Reads a window again, deletions and all. Answers whether anything in it was new or changed. */
export const reread = Effect.fn("reread")(function* (
  lead: Lead,
  { announced, expected, feed, from, since = from, to }: Reread,
) {
  const { personId } = lead
  const measures = yield* MeasureStore
  const lost = yield* lostWebhooks
  const groups = new Set<GroupId>()
  let readAll = true
  let found = false
  const page = { personId, source: feed, firstHistory: false }
  yield* readPages({ personId, feed, span: { _tag: "Between", from: Math.min(from, since), to } }, (read) => {
    for (const measure of read.measures) groups.add(measure.group)
    // What could not be read is still there, and without its id nobody knows what it is.
    for (const group of partlyRead(read)) groups.add(group)
    if (read.skipped.some(({ record }) => record === "?")) readAll = false
    return Effect.zipRight(
      meetDevices(personId, read.measures),
      measures.keep({ ...page, measures: read.measures, partlyRead: partlyRead(read) }, (changed) => {
        found ||= changed.length > 0
        lost.note(changed)
        return stillLeads(lead)
      }),
    )
  })
  if (readAll)
    yield* measures.keep({ ...page, measures: [], whole: { from, to, groups, expected } }, () =>
      stillLeads(lead),
    )
  if (announced && lost.any()) yield* (yield* Subscriptions).missed(personId, feed)
  return found
})
