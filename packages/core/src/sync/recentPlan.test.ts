import { expect, it } from "vitest"
import { Millis } from "../epochSeconds.ts"
import type { Cursor } from "../store/SyncCursor.ts"
import { recentFeedsOf, recentWindow } from "./recentPlan.ts"
import { firstAgenda, type Agenda } from "./Agenda.ts"
import type { Pace } from "./intervals.ts"
import { afterRefusal, afterStep, answers, unasked, type Step } from "./SyncPlan.ts"

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
const idle: Agenda = {
  done: {
    ...firstAgenda(now).done,
    devices: now,
    goals: now,
    getmeas: now,
    night: now,
    day: now,
    workout: now,
  },
  refused: {},
}
// Rare polls, so that only what is tested here is due.
const pace: Pace = { jitter: 1, hourOfDay: 12, pollEvery: 9000, announced: [] }
const at = { now, cursors: complete, requests: [], agenda: idle, intradayDays: 2, pace }

it("reads minutes from where it stopped, and never from before the days that are kept", () => {
  expect(recentWindow("intraday", undefined, now, 2)).toEqual({ from: now - 2 * day, to: now })
  expect(recentWindow("intraday", cursor("intraday", now - 600), now, 2).from).toBe(now - 600 - 6 * 3600)
  expect(recentWindow("intraday", cursor("intraday", now - 9 * day), now, 2).from).toBe(now - 2 * day)
  expect(recentWindow("intraday", cursor("intraday", 0), now, 2).from).toBe(now - day)
  expect(recentWindow("heart", undefined, now, 2).from).toBe(1)
  expect(recentWindow("sound", undefined, now, 2).from).toBe(1)
  expect(recentWindow("sound", cursor("sound"), now, 2).from).toBe(now - 30 * day)
})

it("comes after the first history, one list after the other", () => {
  const unfinished = [{ ...cursor("getmeas"), historyFinished: null }, ...complete.slice(1)]
  expect(unasked({ ...at, cursors: unfinished })).toMatchObject({ _tag: "History" })
  const steps: Array<Step> = []
  let agenda = idle
  for (let nth = 0; nth < 5; nth++) {
    const step = unasked({ ...at, agenda })
    steps.push(step)
    agenda = afterStep(agenda, step, now)
  }
  expect(steps.map((step) => ("feed" in step ? step.feed : step._tag))).toEqual([
    "heart",
    "sound",
    "intraday",
    "night-curve",
    "Wait",
  ])
  expect(steps[4]).toEqual({ _tag: "Wait", until: now + 3600 })
})

it("leaves minutes alone where they are not wanted", () => {
  expect(recentFeedsOf(0)).toEqual(["heart", "sound"])
  const done = { ...idle.done, sound: now }
  const agenda = afterStep({ ...idle, done }, unasked({ ...at, intradayDays: 0 }), now)
  expect(unasked({ ...at, intradayDays: 0, agenda })._tag).toBe("Wait")
})

it("asks again after a minute, then no more than once a day, for what a person does not allow", () => {
  const step = unasked(at)
  const once = afterRefusal(idle, step, now)
  expect(once.refused).toEqual({ heart: { at: now, times: 1 } })
  expect(unasked({ ...at, agenda: once })).toMatchObject({ feed: "sound" })
  const rest = { ...idle.done, heart: 0, sound: now, intraday: now + 60, "night-curve": now + 60 }
  expect(unasked({ ...at, now: now + 60, agenda: { ...once, done: rest } })).toMatchObject({ feed: "heart" })
  const twice = afterRefusal(once, step, now)
  expect(unasked({ ...at, now: now + 60, agenda: { ...twice, done: rest } })._tag).toBe("Wait")
  // Who asked for it is not kept waiting for a day.
  const request = { feed: "heart", askedAt: Millis(1), window: null } as const
  expect(answers({ ...at, agenda: once, requests: [request] })).toEqual({ _tag: "Decline", request })
  const minutes = { ...request, feed: "intraday" } as const
  expect(answers({ ...at, intradayDays: 0, requests: [minutes] })).toEqual({
    _tag: "Decline",
    request: minutes,
  })
})

it("answers a request at once", () => {
  const done = { ...idle.done, heart: now, sound: now, intraday: now, "night-curve": now }
  const request = { feed: "heart", askedAt: Millis(1), window: { from: 5, to: 6 } } as const
  expect(answers({ ...at, agenda: { done, refused: {} }, requests: [request] })).toMatchObject({
    _tag: "Recent",
    feed: "heart",
    request,
  })
})
