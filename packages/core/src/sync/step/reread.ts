import { Effect } from "effect"
import type { GroupId } from "../../measure/Measure.ts"
import { MeasureStore } from "../../store/MeasureStore.ts"
import { type Lead, stillLeads } from "../Lead.ts"
import type { Step } from "../SyncPlan.ts"
import { readAndKeep } from "./readPages.ts"
import { partlyRead } from "./skippedLog.ts"

export interface Reread extends Omit<Extract<Step, { readonly _tag: "Reread" }>, "_tag"> {
  /** Withings said that something in the window changed, so that a deletion there is no surprise. */
  readonly expected: boolean
  /** Read from here, epoch seconds, but delete nothing before the window. */
  readonly since?: number
}

/** Reads a window again and deletes what Withings no longer has. Returns whether anything was new or changed. */
export const reread = Effect.fn("reread")(function* (
  lead: Lead,
  { announced, expected, feed, from, since = from, to }: Reread,
) {
  const groups = new Set<GroupId>()
  let readAll = true
  const span = { _tag: "Between", from: Math.min(from, since), to } as const
  const { found } = yield* readAndKeep(lead, { feed, span, announced }, (page) => {
    for (const measure of page.measures) groups.add(measure.group)
    // What could not be read still exists; without its id nobody knows what it is.
    for (const group of partlyRead(page)) groups.add(group)
    if (page.skipped.some(({ record }) => record === "?")) readAll = false
  })
  if (readAll) {
    const page = { personId: lead.personId, source: feed, firstHistory: false, measures: [] }
    const whole = { from, to, groups, expected }
    yield* (yield* MeasureStore).keep({ ...page, whole }, () => stillLeads(lead))
  }
  return found
})
