import { expect, it } from "vitest"
import type { Cursor } from "../store/SyncCursor.ts"
import { recentFeedsOf, recentWindow } from "./recentPlan.ts"
import { afterRefusal, afterStep, answers, firstAgenda, unasked, type Agenda, type Step } from "./SyncPlan.ts"

const now = 1_790_000_000
const day = 86_400

const cursor = (feed: Cursor["feed"], newestModified = now): Cursor => ({
  feed,
  newestModified,
  historyBefore: 1,
  historyDone: 0,
  historyTotal: 0,
  historyStarted: now - day,
  historyFinished: now - day,
})
const complete = (["getmeas", "night", "day", "workout"] as const).map((feed) => cursor(feed))
const later = now + day
const idle: Agenda = {
  ...firstAgenda(now),
  devices: later,
  goals: later,
  delta: { getmeas: later, night: later, day: later, workout: later },
}
const at = { now, cursors: complete, requests: [], agenda: idle, intradayDays: 2 }
const pace = { now, jitter: 1, hourOfDay: 12, pollEvery: 300, webhooks: false }

it("reads minutes from where it stopped, and never from before the days that are kept", () => {
  expect(recentWindow("intraday", undefined, now, 2)).toEqual({ from: now - 2 * day, to: now })
  expect(recentWindow("intraday", cursor("intraday", now - 600), now, 2).from).toBe(now - 600 - 6 * 3600)
  expect(recentWindow("intraday", cursor("intraday", now - 9 * day), now, 2).from).toBe(now - 2 * day)
  expect(recentWindow("intraday", cursor("intraday", 0), now, 2).from).toBe(now - day)
  expect(recentWindow("heart", undefined, now, 2).from).toBe(1)
})

it("comes after the first history, one list after the other", () => {
  const unfinished = [{ ...cursor("getmeas"), historyFinished: null }, ...complete.slice(1)]
  expect(unasked({ ...at, cursors: unfinished })).toMatchObject({ _tag: "History" })
  const steps: Array<Step> = []
  let agenda = idle
  for (let nth = 0; nth < 4; nth++) {
    const step = unasked({ ...at, agenda })
    steps.push(step)
    agenda = afterStep(agenda, step, pace)
  }
  expect(steps.map((step) => ("feed" in step ? step.feed : step._tag))).toEqual([
    "heart",
    "intraday",
    "night-curve",
    "Wait",
  ])
  expect(steps[3]).toEqual({ _tag: "Wait", until: now + 3600 })
})

it("leaves minutes alone where they are not wanted", () => {
  expect(recentFeedsOf(0)).toEqual(["heart"])
  const agenda = afterStep(idle, unasked({ ...at, intradayDays: 0 }), pace)
  expect(unasked({ ...at, intradayDays: 0, agenda })._tag).toBe("Wait")
})

it("asks no more than once a day for what a person does not allow", () => {
  const step = unasked(at)
  const agenda = afterRefusal(idle, step, pace)
  expect(agenda.refused).toEqual({ heart: now + day })
  const request = { feed: "heart", askedAt: 1, window: null } as const
  expect(unasked({ ...at, agenda })).toMatchObject({ feed: "intraday" })
  // Who asked for it is not kept waiting for a day.
  expect(answers({ ...at, agenda, requests: [request] })).toEqual({ _tag: "Decline", request })
  const minutes = { ...request, feed: "intraday" } as const
  expect(answers({ ...at, intradayDays: 0, requests: [minutes] })).toEqual({
    _tag: "Decline",
    request: minutes,
  })
})

it("answers a request at once", () => {
  const agenda = { ...idle, recent: { heart: later, intraday: later, "night-curve": later } }
  const request = { feed: "heart", askedAt: 1, window: { from: 5, to: 6 } } as const
  expect(answers({ ...at, agenda, requests: [request] })).toMatchObject({
    _tag: "Recent",
    feed: "heart",
    request,
  })
})
