import { Effect } from "effect"
import { BridgeConfig, defaultIntradayDays } from "../../BridgeConfig.ts"
import { epochSeconds } from "../../epochSeconds.ts"
import type { GroupId } from "../../measure/Measure.ts"
import { MeasureStore } from "../../store/MeasureStore.ts"
import { cursorOf, SyncCursor } from "../../store/SyncCursor.ts"
import { sourceOfRecent, type Window } from "../../withings/client/Feed.ts"
import { WithingsApi } from "../../withings/client/WithingsApi.ts"
import { type Lead, stillLeads } from "../Lead.ts"
import type { Step } from "../SyncPlan.ts"
import { readPages } from "./readPages.ts"
import { partlyRead } from "./skippedLog.ts"

/** Reads the last days of a list without `modified`: minutes of a day or night, or recordings. */
export const readRecent = Effect.fn("readRecent")(function* (
  lead: Lead,
  { feed, from, request, to }: Extract<Step, { readonly _tag: "Recent" }>,
) {
  const { personId } = lead
  const source = sourceOfRecent[feed]
  const [api, measures, cursors] = [yield* WithingsApi, yield* MeasureStore, yield* SyncCursor]
  const now = yield* epochSeconds
  const known = yield* cursorOf(personId, feed)
  // Minutes and first histories raise no "measured" events.
  const page = { personId, source, firstHistory: source === "intraday" || known === undefined }
  const groups = new Set<GroupId>()
  let readAll = true
  const readWindow = (window: Window) =>
    readPages({ personId, feed }, api.recent(personId, feed, window), (read) => {
      for (const { group } of read.measures) groups.add(group)
      readAll &&= read.skipped.length === 0
      const kept = { ...page, measures: read.measures, partlyRead: partlyRead(read) }
      return measures.keep(kept, () => stillLeads(lead))
    })
  const newest = yield* readWindow({ from, to })
  const asked = request?.window ?? null
  if (asked !== null && asked.from < from) yield* readWindow({ from: asked.from, to: from })
  if (source === "intraday") {
    const { intradayDays = defaultIntradayDays } = yield* BridgeConfig
    yield* measures.forget({ personId, source, before: now - intradayDays * 86_400 })
  }
  const isWhole = source !== "intraday" && known !== undefined && readAll
  const whole = isWhole ? { whole: { from, to, groups, expected: false } } : {}
  const start = { feed, historyBefore: from, historyDone: 0, historyTotal: 0 }
  yield* measures.keep({ ...page, measures: [], ...whole }, () =>
    Effect.zipRight(
      stillLeads(lead),
      cursors.write(personId, {
        ...(known ?? { ...start, historyStarted: now, historyFinished: now }),
        newestModified: Math.max(known?.newestModified ?? 0, newest),
      }),
    ),
  )
  if (request !== null) yield* cursors.answered(personId, request)
})
