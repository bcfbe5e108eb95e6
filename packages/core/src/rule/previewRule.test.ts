import { expect, it } from "vitest"
import { type Measure, GroupId } from "../measure/Measure.ts"
import { type Person, PersonId } from "../measure/Person.ts"
import { kindsOfRule, previewRule } from "./previewRule.ts"
import { readRules } from "./readRules.ts"
import type { Rule } from "./Rule.ts"

const now = 1_795_258_800
const day = 86_400
const ann: Person = {
  id: PersonId("ann"),
  name: "Ann",
  withingsUserId: "1",
  timezone: "Europe/Paris",
  standing: { state: "signed-in", since: 0, lastSuccess: 0, nextTry: null, reason: null },
}

const ruleOf = (rule: object): Rule => {
  const [read] = readRules([{ name: "R", ...rule }]).rules
  if (read === undefined) throw new Error("the rule of the test is wrong")
  return read
}

const measure = (
  kind: Measure["kind"],
  daysAgo: number,
  value: number,
  source: Measure["source"] = "getmeas",
): Measure => {
  const at = now - daysAgo * day
  return {
    personId: PersonId("ann"),
    source,
    group: GroupId(String(at)),
    kind,
    position: null,
    at,
    value,
    deviceId: null,
    attribution: "device",
    modified: at,
  }
}

it("lists when a rule would have held, including a span that goes on", () => {
  const heavy = ruleOf({ when: "above", measure: "weight", value: 75 })
  const weights = [
    measure("weight", 200, 80),
    measure("weight", 80, 74),
    measure("weight", 40, 76),
    measure("weight", 30, 75),
    measure("weight", 2, 77),
  ]
  expect(previewRule(heavy, ann, weights.toReversed(), now)).toEqual([
    { from: now - 90 * day, to: now - 80 * day },
    { from: now - 40 * day, to: now - 30 * day },
    { from: now - 2 * day, to: null },
  ])
  expect(previewRule(heavy, ann, [], now)).toEqual([])
})

it("lets a night grow old, and waits for its minimum", () => {
  const short = ruleOf({ when: "short-night", value: 6 })
  const [span] = previewRule(short, ann, [measure("sleep-duration", 10, 5 * 3600, "night")], now)
  expect(span).toEqual({ from: now - 10 * day, to: now - 10 * day + 37 * 3600 })
  const weights = [measure("weight", 3, 76), measure("weight", 2.99, 70), measure("weight", 1, 76)]
  const lasting = ruleOf({ when: "above", measure: "weight", value: 75, minutes: 60 })
  expect(previewRule(lasting, ann, weights, now)).toEqual([{ from: now - day + 3600, to: null }])
})

it("counts days without a measure", () => {
  const silent = ruleOf({ when: "no-measure-for-days", measure: "weight", value: 7 })
  const [span, ...more] = previewRule(
    silent,
    ann,
    [measure("weight", 50, 70), measure("weight", 30, 70), measure("weight", 1, 70)],
    now,
  )
  expect(more).toHaveLength(1)
  expect(span?.to).toBe(now - 30 * day)
})

it("works out again what was unusual at the time", () => {
  const nights = Array.from({ length: 45 }, (_, index) => {
    const daysAgo = 45 - index
    return measure("sleep-heart-rate-average", daysAgo, daysAgo === 5 ? 90 : 55 + (index % 3), "night")
  })
  const span = { from: now - 5 * day, to: now - 4 * day }
  expect(previewRule(ruleOf({ when: "unusual" }), ann, nights, now)).toEqual([span])
  const named = ruleOf({ when: "unusual", measure: "sleep-heart-rate-average" })
  expect(kindsOfRule(named)).toEqual(["sleep-heart-rate-average"])
  expect(previewRule(named, ann, nights, now)).toEqual([span])
  // The night after was not recorded: what was unusual grows old.
  const alone = nights.filter(({ at }) => at <= now - 5 * day)
  expect(previewRule(named, ann, alone, now)).toEqual([
    { from: now - 5 * day, to: now - 5 * day + 37 * 3600 },
  ])
  expect(previewRule(named, ann, nights.slice(30), now)).toEqual([])
})

it("knows which rules have no history", () => {
  expect(kindsOfRule(ruleOf({ when: "sign-in-needed" }))).toBeNull()
  expect(kindsOfRule(ruleOf({ when: "no-measure-for-days", value: 3 }))).toBeNull()
  expect(kindsOfRule(ruleOf({ when: "goal-reached", measure: "steps" }))).toEqual(["steps", "goal-steps"])
  expect(kindsOfRule(ruleOf({ when: "above", measure: "steps", value: "goal-steps" }))).toContain(
    "goal-steps",
  )
})

it("works out from nights when a rule on beds would have held, until the end of the last one", () => {
  // 23:00 to 7:00, 22:00 to 8:00 and 1:00 to 7:00 in Paris; none since.
  const morning = Math.floor(now / day) * day + 6 * 3600 - 3 * day
  const night = (daysLater: number, end: number, hours: number): Measure => ({
    ...measure("sleep-time-in-bed", 0, hours * 3600, "night"),
    at: morning + daysLater * day + end * 3600,
  })
  const nights = [night(0, 0, 8), night(1, 1, 10), night(2, 0, 6)]
  const long = previewRule(ruleOf({ when: "in-bed-longer-than-hours", value: 9 }), ann, nights, now)
  expect(long).toEqual([{ from: morning + day + 900, to: morning + day + 3600 }])
  const late = previewRule(ruleOf({ when: "not-in-bed-by", time: "23:30" }), ann, nights, now)
  const bedtime = morning + 2 * day - 6 * 3600
  expect(late).toEqual([{ from: bedtime - 1.5 * 3600, to: bedtime }])
  expect(previewRule(ruleOf({ when: "not-in-bed-by", time: "23:30" }), ann, [], now)).toEqual([])
})

it("checks frequent values only once an hour, so that it is fast", () => {
  const pulses = Array.from({ length: 40_000 }, (_, index) => measure("heart-rate", index / 148, 70))
  const fast = ruleOf({ when: "above", measure: "heart-rate", value: 60 })
  let looks = 0
  const counted: Rule = { ...fast, test: (...given) => (looks++, fast.test(...given)) }
  expect(previewRule(counted, ann, pulses, now)).toEqual([{ from: now - 90 * day, to: null }])
  expect(looks).toBe(90 * 24 + 1)
})
