import { Effect, Stream } from "effect"
import { BridgeConfig, defaultIntradayDays } from "../../BridgeConfig.ts"
import { epochSeconds } from "../../epochSeconds.ts"
import type { GroupId } from "../../measure/Measure.ts"
import type { PersonId } from "../../measure/Person.ts"
import { MeasureStore } from "../../store/MeasureStore.ts"
import { cursorOf, SyncCursor } from "../../store/SyncCursor.ts"
import { sourceOfRecent, type Window } from "../../withings/client/Feed.ts"
import { WithingsApi } from "../../withings/client/WithingsApi.ts"
import type { Step } from "../SyncPlan.ts"
import { partlyRead, SkippedLog } from "./skippedLog.ts"
import { type Lead, stillLeads } from "./Lead.ts"

type Recent = Extract<Step, { readonly _tag: "Recent" }>

/** Reads one of the lists that only ever have the last days: samples of a day, recordings, curves of a night. */
export const readRecent = Effect.fn("readRecent")(function* (lead: Lead, step: Recent) {
  const { personId } = lead
  const { feed, from, request, to } = step
  const source = sourceOfRecent[feed]
  const measures = yield* MeasureStore
  const cursors = yield* SyncCursor
  const now = yield* epochSeconds
  const known = yield* cursorOf(personId, feed)
  // Intraday samples and first histories raise no "measured" events.
  const page = { personId, source, firstHistory: source === "intraday" || known === undefined }
  const seen: Seen = { groups: new Set(), unread: new Set() }
  const readAndKeep = readWindow(lead, feed, page, seen)
  const newest = yield* readAndKeep({ from, to })
  const asked = request?.window ?? null
  if (asked !== null && asked.from < from) yield* readAndKeep({ from: asked.from, to: from })
  if (source === "intraday") {
    const { intradayDays = defaultIntradayDays } = yield* BridgeConfig
    yield* measures.forget({ personId, source, before: now - intradayDays * 86_400 })
  }
  const isWhole = source !== "intraday" && known !== undefined && seen.unread.size === 0
  const whole = isWhole ? { whole: { from, to, groups: seen.groups, expected: false } } : {}
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

/** What a list had: records that were read, and those that could not be. */
interface Seen {
  readonly groups: Set<GroupId>
  readonly unread: Set<string>
}

const readWindow =
  (
    lead: Lead,
    feed: Recent["feed"],
    page: {
      readonly personId: PersonId
      readonly source: (typeof sourceOfRecent)[Recent["feed"]]
      readonly firstHistory: boolean
    },
    seen: Seen,
  ) =>
  (window: Window) =>
    Effect.gen(function* () {
      const [api, measures, logSkipped] = [yield* WithingsApi, yield* MeasureStore, yield* SkippedLog]
      return yield* Stream.runFoldEffect(api.recent(lead.personId, feed, window), 0, (newest, read) =>
        Effect.gen(function* () {
          yield* logSkipped(lead.personId, feed, read)
          for (const { group } of read.measures) seen.groups.add(group)
          for (const { record } of read.skipped) seen.unread.add(record)
          yield* measures.keep({ ...page, measures: read.measures, partlyRead: partlyRead(read) }, () =>
            stillLeads(lead),
          )
          return Math.max(newest, read.newestModified)
        }),
      )
    })
