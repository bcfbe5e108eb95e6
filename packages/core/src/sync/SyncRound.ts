import { Context, Effect, Layer, Ref, Stream } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import { BridgeConfig, defaultIntradayDays } from "../BridgeConfig.ts"
import { firstSessionOf } from "../measure/Device.ts"
import type { Measure } from "../measure/Measure.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { Lease, type LeaseGrant } from "../store/Lease.ts"
import { MeasureStore } from "../store/MeasureStore.ts"
import type { StoreError } from "../store/StoreError.ts"
import { Subscriptions } from "../store/Subscriptions.ts"
import { newCursor, SyncCursor, type SyncRequest } from "../store/SyncCursor.ts"
import {
  sourceOfRecent,
  WithingsApi,
  type AnyFeed,
  type Feed,
  type MeasurePage,
  type Span,
  type Window,
} from "../withings/client/WithingsApi.ts"
import type { WithingsError } from "../withings/client/WithingsError.ts"
import { DeviceList } from "./DeviceList.ts"
import { keepGoals } from "./keepGoals.ts"
import { LeaseLost } from "./LeaseLost.ts"
import { lostWebhooks } from "./lostWebhooks.ts"
import { patiently, promptly, soon } from "./urgency.ts"
import { partlyRead, skippedLog } from "./skippedLog.ts"
import { estimateTotal, isLast, type Step } from "./SyncPlan.ts"

/** Takes one step of the plan: reads from Withings and keeps what came. */
export class SyncRound extends Context.Tag("@withings-bridge/core/sync/SyncRound")<
  SyncRound,
  {
    readonly take: (
      personId: string,
      grant: LeaseGrant,
      step: Exclude<Step, { readonly _tag: "Wait" }>,
    ) => Effect.Effect<void, WithingsError | StoreError | LeaseLost>
  }
>() {
  static readonly layer: Layer.Layer<
    SyncRound,
    never,
    | BridgeConfig
    | DeviceList
    | WithingsApi
    | MeasureStore
    | HouseholdStore
    | SyncCursor
    | Lease
    | Subscriptions
  > = Layer.effect(
    SyncRound,
    Effect.gen(function* () {
      const api = yield* WithingsApi
      const measures = yield* MeasureStore
      const household = yield* HouseholdStore
      const devices = yield* DeviceList
      const cursors = yield* SyncCursor
      const lease = yield* Lease
      const subscriptions = yield* Subscriptions
      const intradayDays = (yield* BridgeConfig).intradayDays ?? defaultIntradayDays

      /** Asked inside each writing transaction: who lost the lease while it waited must not write any more. */
      const stillLeads = (grant: LeaseGrant) =>
        Effect.filterOrFail(
          lease.holds(grant),
          (holds) => holds,
          () => new LeaseLost({ name: grant.name }),
        ).pipe(Effect.asVoid)

      const logSkipped = skippedLog()

      const cursorOf = (personId: string, feed: AnyFeed) =>
        Effect.map(cursors.of(personId), (all) => all.find((cursor) => cursor.feed === feed))

      /**
       * Every page as it comes. The next one is fetched when this one is kept: ten thousand measures are some megabytes,
       * several persons are read at once, and the allowance of requests makes the pace, not the store.
       */
      const read = <E>(
        personId: string,
        feed: Feed,
        span: Span,
        keep: (page: MeasurePage) => Effect.Effect<void, E>,
      ) =>
        Stream.runFoldEffect(api.pages(personId, feed, span), 0, (newest, page) =>
          Effect.zipRight(logSkipped(personId, feed, page), keep(page)).pipe(
            Effect.as(Math.max(newest, page.newestModified)),
          ),
        )

      const history = (
        personId: string,
        grant: LeaseGrant,
        step: { readonly feed: Feed; readonly from: number; readonly to: number },
      ) =>
        Effect.gen(function* () {
          const { feed, from, to } = step
          const now = yield* epochSeconds
          const sessions = firstSessionOf(personId, yield* household.devices)
          const known = yield* cursorOf(personId, feed)
          const start = known ?? newCursor(feed, now)
          const done = yield* Ref.make(start.historyDone)
          const page = { personId, source: feed, firstHistory: true }
          const newest = yield* read(personId, feed, { _tag: "Between", from, to }, (read) =>
            measures.keep({ ...page, measures: read.measures }, (kept) =>
              Effect.gen(function* () {
                yield* stillLeads(grant)
                const historyDone = yield* Ref.updateAndGet(done, (n) => n + kept.length)
                yield* cursors.write(personId, { ...start, historyDone })
              }),
            ),
          )
          const historyDone = yield* Ref.get(done)
          const finished = isLast(step)
          yield* measures.keep({ ...page, measures: [] }, () =>
            cursors.write(personId, {
              ...start,
              // Later changes are picked up by the deltas.
              newestModified: Math.min(start.historyStarted, Math.max(start.newestModified, newest)),
              historyBefore: from,
              historyDone,
              historyTotal: finished
                ? historyDone
                : estimateTotal(historyDone, from, start.historyStarted, sessions),
              historyFinished: finished ? now : null,
            }),
          )
        })

      const meetDevices = (personId: string, found: ReadonlyArray<Measure>) =>
        devices.meet(personId, new Set(found.map(({ deviceId }) => deviceId ?? "")))

      const delta = (
        personId: string,
        grant: LeaseGrant,
        { announced, feed, span }: Omit<Extract<Step, { readonly _tag: "Delta" }>, "_tag">,
      ) =>
        Effect.gen(function* () {
          const lost = yield* lostWebhooks
          const newest = yield* read(personId, feed, span, (page) =>
            Effect.zipRight(
              meetDevices(personId, page.measures),
              measures.keep(
                {
                  personId,
                  source: feed,
                  measures: page.measures,
                  partlyRead: partlyRead(page),
                  firstHistory: false,
                },
                (changed) => {
                  lost.note(changed)
                  return stillLeads(grant)
                },
              ),
            ),
          )
          if (announced && lost.any()) yield* subscriptions.missed(personId, feed)
          // Only now: pages come in no order, and what a broken-off delta did not read must be asked for again.
          yield* cursors.advance(personId, feed, newest)
        })

      /** Answers whether anything in the window was new or changed. */
      const reread = (
        personId: string,
        grant: LeaseGrant,
        { announced, feed, from, to }: Omit<Extract<Step, { readonly _tag: "Reread" }>, "_tag">,
        expected: boolean,
      ) =>
        Effect.gen(function* () {
          const lost = yield* lostWebhooks
          const groups = new Set<string>()
          let readAll = true
          let found = false
          const page = { personId, source: feed, firstHistory: false }
          yield* read(personId, feed, { _tag: "Between", from, to }, (read) => {
            for (const measure of read.measures) groups.add(measure.group)
            // What could not be read is still there, and without its id nobody knows what it is.
            for (const group of partlyRead(read)) groups.add(group)
            if (read.skipped.some(({ record }) => record === "?")) readAll = false
            return Effect.zipRight(
              meetDevices(personId, read.measures),
              measures.keep({ ...page, measures: read.measures, partlyRead: partlyRead(read) }, (changed) => {
                found ||= changed.length > 0
                lost.note(changed)
                return stillLeads(grant)
              }),
            )
          })
          if (readAll)
            yield* measures.keep({ ...page, measures: [], whole: { from, to, groups, expected } }, () =>
              stillLeads(grant),
            )
          if (announced && lost.any()) yield* subscriptions.missed(personId, feed)
          return found
        })

      /**
       * A webhook names the time of what changed, so that is read, deletions and all. If it brings nothing, whatever
       * changed is asked for; not for workouts, whose webhook is mostly about the steps of a day.
       */
      const answer = (personId: string, grant: LeaseGrant, request: SyncRequest<Feed>, span: Span) =>
        Effect.gen(function* () {
          const { feed, window } = request
          // Someone asks for all that is new, and no webhook: a device that has measured nothing yet is new too.
          if (feed === "getmeas" && window === null) yield* devices.read(personId)
          const found =
            window !== null && (yield* reread(personId, grant, { feed, ...window, announced: false }, true))
          if (!found && (window === null || feed !== "workout"))
            yield* delta(personId, grant, { feed, span, announced: false })
          yield* cursors.answered(personId, request)
        })

      const recent = (
        personId: string,
        grant: LeaseGrant,
        step: Extract<Step, { readonly _tag: "Recent" }>,
      ) =>
        Effect.gen(function* () {
          const { feed, from, request, to } = step
          const now = yield* epochSeconds
          const known = yield* cursorOf(personId, feed)
          const source = sourceOfRecent[feed]
          // Intraday samples and first histories raise no "measured" events.
          const firstHistory = source === "intraday" || known === undefined
          const groups = new Set<string>()
          const unread = new Set<string>()
          const page = { personId, source, firstHistory }
          const readWindow = (window: Window) =>
            Stream.runFoldEffect(api.recent(personId, feed, window), 0, (newest, read) =>
              Effect.gen(function* () {
                yield* logSkipped(personId, feed, read)
                for (const { group } of read.measures) groups.add(group)
                for (const { record } of read.skipped) unread.add(record)
                yield* measures.keep({ ...page, measures: read.measures, partlyRead: partlyRead(read) }, () =>
                  stillLeads(grant),
                )
                return Math.max(newest, read.newestModified)
              }),
            )
          const newest = yield* readWindow({ from, to })
          const asked = request?.window ?? null
          if (asked !== null && asked.from < from) yield* readWindow({ from: asked.from, to: from })
          const forgets = { personId, source, before: now - intradayDays * 86_400 }
          if (source === "intraday") yield* measures.forget(forgets)
          const isWhole = source !== "intraday" && known !== undefined && unread.size === 0
          const whole = isWhole ? { whole: { from, to, groups, expected: false } } : {}
          const start = { feed, historyBefore: from, historyDone: 0, historyTotal: 0 }
          yield* measures.keep({ ...page, measures: [], ...whole }, () =>
            Effect.zipRight(
              stillLeads(grant),
              cursors.write(personId, {
                ...(known ?? { ...start, historyStarted: now, historyFinished: now }),
                newestModified: Math.max(known?.newestModified ?? 0, newest),
              }),
            ),
          )
          if (request !== null) yield* cursors.answered(personId, request)
        })

      const goals = (personId: string, grant: LeaseGrant) =>
        Effect.flatMap(api.goals(personId), (read) => keepGoals(personId, read, stillLeads(grant))).pipe(
          Effect.provideService(MeasureStore, measures),
        )

      return SyncRound.of({
        take: (personId, grant, step) => {
          switch (step._tag) {
            case "Devices":
              return devices.read(personId)
            case "Goals":
              return goals(personId, grant)
            case "History":
              return history(personId, grant, step).pipe(step.today ? soon : patiently)
            case "Delta":
              return delta(personId, grant, step)
            case "Reread":
              return reread(personId, grant, step, false).pipe(patiently)
            case "Recent":
              return recent(personId, grant, step).pipe(step.request === null ? patiently : promptly)
            case "Decline":
              return cursors.answered(personId, step.request)
            case "Answer":
              return answer(personId, grant, step.request, step.span).pipe(promptly)
          }
        },
      })
    }),
  )
}
