import { assert, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { Millis } from "../epochSeconds.ts"
import type { Cursor } from "../store/SyncCursor.ts"
import { announcedBy } from "../withings/decode/toNotification.ts"
import { feeds, recentFeeds, type AnyFeed } from "../withings/client/Feed.ts"
import { dueAt, firstAgenda, type Agenda, type Task } from "./Agenda.ts"
import { every, type Pace } from "./intervals.ts"
import * as Plan from "./SyncPlan.ts"

const now = 1_795_000_000
const day = 86_400
const pace: Pace = { jitter: 1, hourOfDay: 12, pollEvery: 300, announced: [] }

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

/** Nothing is due before 50 seconds have passed. */
const quiet: Agenda = (() => {
  const rereads = feeds.map((feed): Task => `reread ${feed}`)
  const tasks: ReadonlyArray<Task> = ["devices", "goals", ...feeds, ...recentFeeds, ...rereads]
  return { done: Object.fromEntries(tasks.map((task) => [task, now + 50 - every(task, pace)])), refused: {} }
})()

it("a new person's devices come first, then today's values of every feed, before anything older", () => {
  let agenda = firstAgenda(now)
  const cursors: Array<Cursor> = []
  const steps = Array.from({ length: 6 }, () => {
    const step = Plan.unasked({ now, cursors, requests: [], intradayDays: 0, pace, agenda })
    agenda = Plan.afterStep(agenda, step, now)
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
        const step = Plan.unasked({ now, cursors, requests: [], intradayDays: 0, pace, agenda: quiet })
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
  const request = { feed: "night", askedAt: Millis(1), window: null } as const
  const step = Plan.answers({
    now,
    cursors: feeds.map((feed) => cursor(feed)),
    requests: [request],
    intradayDays: 0,
    pace,
    agenda: firstAgenda(now),
  })
  assert.deepStrictEqual(step, {
    _tag: "Answer",
    request,
    span: { _tag: "ChangedSince", modified: now - 700 },
  })
})

it("a feed that Withings refuses is tried again soon, then later and later, and the others go on", () => {
  const cursors = feeds.filter((feed) => feed !== "night").map((feed) => cursor(feed))
  const at = { cursors, requests: [], intradayDays: 0, pace }
  const step = Plan.unasked({ ...at, now, agenda: quiet })
  assert.deepInclude(step, { _tag: "History", feed: "night" })
  let agenda = quiet
  const waits = [60, 120, 240, 480, 960, 1920, 3600, 3600]
  let later = now
  for (const wait of waits) {
    agenda = Plan.afterRefusal(agenda, step, later)
    assert.notDeepInclude(Plan.unasked({ ...at, now: later + wait - 1, agenda }), { feed: "night" })
    later += wait
    const others = Object.fromEntries(Object.keys(quiet.done).map((task) => [task, later]))
    assert.deepInclude(Plan.unasked({ ...at, now: later, agenda: { ...agenda, done: others } }), {
      _tag: "History",
      feed: "night",
    })
  }
  assert.deepStrictEqual(Plan.unasked({ ...at, now, agenda: Plan.afterRefusal(quiet, step, now) }), {
    _tag: "Wait",
    until: now + 50,
  })
  assert.isFalse(Plan.allRefused(agenda))
  assert.isEmpty(Plan.afterStep(agenda, step, now).refused)
})

it("who asked before a refusal is told at once, who asks after it has Withings asked again", () => {
  const agenda = Plan.afterRefusal(
    quiet,
    { _tag: "Reread", feed: "night", from: 1, to: 2, announced: false } as const,
    now,
  )
  const at = { now: now + 5, cursors: feeds.map((feed) => cursor(feed)), intradayDays: 0, pace, agenda }
  const before = { feed: "night", askedAt: Millis((now - 5) * 1000), window: null } as const
  assert.deepStrictEqual(Plan.answers({ ...at, requests: [before] }), { _tag: "Decline", request: before })
  const after = { ...before, askedAt: Millis((now + 5) * 1000) }
  assert.deepInclude(Plan.answers({ ...at, requests: [after] }), { _tag: "Answer", request: after })
})

it("a clock that is set, to whatever time, makes nothing wait longer than its interval", () => {
  const spans = [3600, day, 3650 * day].flatMap((span) => [span, -span])
  for (const span of spans) {
    const later = now + span
    const tasks: ReadonlyArray<Task> = ["devices", "getmeas", "night", "reread day"]
    for (const task of tasks) {
      const agenda: Agenda = { done: { [task]: now }, refused: { night: { at: now, times: 9 } } }
      assert.isAtMost(dueAt(task, agenda, later, pace), later + every(task, pace))
      const at = { now: later, cursors: [], requests: [], intradayDays: 0, pace, agenda }
      const next = Plan.unasked(at)
      if (next._tag === "Wait") assert.isAtMost(next.until, later + 3600)
    }
  }
})

/** Requests of a person in each of 48 hours, without those that a webhook asks for. */
const requestsByHour = (announced: Pace["announced"], jitter: number) => {
  const sent = Array.from({ length: 48 }, () => 0)
  const midnight = now - (now % day)
  const cursors = [...feeds, ...recentFeeds].map((feed) => cursor(feed))
  let agenda = firstAgenda(midnight)
  for (let at = midnight; at < midnight + 2 * day;) {
    const hour = Math.floor((at - midnight) / 3600)
    const known = cursors.map((one) => ({ ...one, newestModified: at - 3600 }))
    const step = Plan.unasked({
      now: at,
      cursors: known,
      requests: [],
      intradayDays: 2,
      agenda,
      pace: { ...pace, announced, jitter, hourOfDay: hour % 24 },
    })
    if (step._tag === "Wait") {
      // Looked at again every five minutes at most, since the pace may change.
      at = Math.min(Math.ceil(step.until), at + 300)
      continue
    }
    sent[hour] = (sent[hour] ?? 0) + 1
    agenda = Plan.afterStep(agenda, step, at)
  }
  return sent
}

it("polling spends no more than 30 requests in any hour for a person", () => {
  for (const jitter of [1, 1.03, 1.07, 1.1]) assert.isAtMost(Math.max(...requestsByHour([], jitter)), 30)
})

it("with webhooks that arrive, a feed is polled twice a day, and rereading it is one of the two", () => {
  for (const jitter of [1, 1.05, 1.1]) {
    const announced = [...feeds, ...recentFeeds].filter((feed) => announcedBy[feed].length > 0)
    const secondDay = requestsByHour(announced, jitter).slice(24)
    assert.isAtMost(
      secondDay.reduce((sum, one) => sum + one, 0),
      // Seven feeds and the devices, four more for the minutes, the goals, the sounds.
      2 * 8 + 4 + 1 + 1,
    )
  }
})
