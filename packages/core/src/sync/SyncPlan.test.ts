import { assert, it } from "@effect/vitest"
import { FastCheck } from "effect"
import type { Cursor } from "../store/SyncCursor.ts"
import { feeds, recentFeeds, type AnyFeed } from "../withings/WithingsApi.ts"
import * as Plan from "./SyncPlan.ts"

const now = 1_795_000_000
const day = 86_400
const pace = { now, jitter: 1, hourOfDay: 12, pollEvery: 300, webhooks: false }

const cursor = (feed: AnyFeed, change: Partial<Cursor> = {}): Cursor => ({
  feed,
  newestModified: now - 100,
  historyBefore: 1,
  historyDone: 10,
  historyTotal: 10,
  historyStarted: now - day,
  historyFinished: now - 100,
  ...change,
})

const quiet: Plan.Agenda = (() => {
  const later = { getmeas: now + 50, night: now + 60, day: now + 70, workout: now + 80 }
  return {
    devices: now + 90,
    goals: now + 90,
    delta: later,
    reread: later,
    recent: { heart: now + 9e5, intraday: now + 9e5, "night-curve": now + 9e5 },
    refused: {},
  }
})()

it("a new person's devices come first, then today's values of every feed, before anything older", () => {
  let agenda = Plan.firstAgenda(now)
  const cursors: Array<Cursor> = []
  const steps = Array.from({ length: 6 }, () => {
    const step = Plan.unasked({ now, cursors, requests: [], intradayDays: 0, agenda })
    agenda = Plan.afterStep(agenda, step, pace)
    if (step._tag === "History")
      cursors.push(cursor(step.feed, { historyBefore: step.from, historyFinished: null }))
    return step._tag === "History" ? `${step.feed} ${(now - step.from) / day}` : step._tag
  })
  assert.deepStrictEqual(steps, ["Devices", "getmeas 30", "night 30", "day 30", "workout 30", "Goals"])
})

it("the windows of a first history join without a gap and reach the beginning of time", () => {
  FastCheck.assert(
    FastCheck.property(FastCheck.integer({ min: 0, max: 5_000 }), (measuresEachDay) => {
      let known: Cursor | null = null
      let last = now + day
      for (let nth = 0; nth < 2_000; nth++) {
        const others = feeds.slice(1).map((feed) => cursor(feed))
        const cursors: ReadonlyArray<Cursor> = known === null ? others : [known, ...others]
        const step = Plan.unasked({ now, cursors, requests: [], intradayDays: 0, agenda: quiet })
        if (step._tag !== "History") return assert.fail(`${step._tag} instead of history`)
        assert.strictEqual(step.to, last)
        assert.isBelow(step.from, step.to)
        if (Plan.isLast(step)) return
        last = step.from
        const historyDone = Math.round((measuresEachDay * (now - step.from)) / day)
        known = cursor("getmeas", {
          historyStarted: now,
          historyBefore: step.from,
          historyDone,
          historyFinished: null,
        })
      }
      assert.fail("the history never ends")
    }),
    { numRuns: 50 },
  )
})

it("a request is answered with the time before the newest change read again", () => {
  const request = { feed: "night", askedAt: 1, window: null } as const
  const step = Plan.answers({
    now,
    cursors: feeds.map((feed) => cursor(feed)),
    requests: [request],
    intradayDays: 0,
    agenda: Plan.firstAgenda(now),
  })
  assert.deepStrictEqual(step, {
    _tag: "Answer",
    request,
    span: { _tag: "ChangedSince", modified: now - 700 },
  })
})

it("a feed that Withings refuses is left alone for an hour, and the others go on", () => {
  const cursors = feeds.filter((feed) => feed !== "night").map((feed) => cursor(feed))
  const step = Plan.unasked({ now, cursors, requests: [], intradayDays: 0, agenda: quiet })
  assert.deepInclude(step, { _tag: "History", feed: "night" })
  const agenda = Plan.afterRefusal(quiet, step, pace)
  assert.deepStrictEqual(Plan.unasked({ now, cursors, requests: [], intradayDays: 0, agenda }), {
    _tag: "Wait",
    until: now + 50,
  })
  assert.deepInclude(
    Plan.unasked({
      now: now + 3600,
      cursors,
      requests: [],
      intradayDays: 0,
      agenda: { ...agenda, devices: now + 9e3, goals: now + 9e3 },
    }),
    {
      _tag: "History",
      feed: "night",
    },
  )
})

it("polling spends no more than 30 requests in any hour for a person, fewer with webhooks", () => {
  const jitters = [0.9, 1.04, 0.97, 1.1, 0.99]
  const busiestHour = (webhooks: boolean, first: number) => {
    let steps = first
    const sent = Array.from({ length: 48 }, () => 0)
    const midnight = now - (now % day)
    const cursors = [...feeds, ...recentFeeds].map((feed) => cursor(feed))
    let agenda = Plan.firstAgenda(midnight)
    for (let at = midnight; at < midnight + 2 * day;) {
      const known = cursors.map((one) => ({ ...one, newestModified: at - 3600 }))
      const step = Plan.unasked({ now: at, cursors: known, requests: [], intradayDays: 2, agenda })
      if (step._tag === "Wait") {
        at = step.until
        continue
      }
      const hour = Math.floor((at - midnight) / 3600)
      sent[hour] = (sent[hour] ?? 0) + 1
      const jitter = jitters[steps++ % jitters.length] ?? 1
      agenda = Plan.afterStep(agenda, step, { ...pace, now: at, jitter, webhooks, hourOfDay: hour % 24 })
    }
    return Math.max(...sent)
  }
  for (const first of jitters.keys()) {
    assert.isAtMost(busiestHour(false, first), 30)
    assert.isAtMost(busiestHour(true, first), 25)
  }
})
