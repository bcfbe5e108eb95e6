import { describe, expect, it } from "vitest"
import { toFeature, inBedFeature, batteryFeature, measuredFeature } from "../device/toFeature.ts"
import { type DeviceDescriptor, DescriptorId } from "../device/DeviceDescriptor.ts"
import type { Feature } from "../device/Feature.ts"
import { DeviceId } from "../measure/Device.ts"
import { type Person, PersonId } from "../measure/Person.ts"
import type { Held } from "./Held.ts"
import { readRules } from "./readRules.ts"
import { ruleStates, settleRules, type PersonPast } from "./ruleStates.ts"

/** Saturday, 2026-11-21, 12:00 in Paris. */
const noon = 1_795_258_800
const day = 86_400
const hour = 3600

const ann: Person = {
  id: PersonId("ann"),
  name: "Ann",
  withingsUserId: "1",
  timezone: "Europe/Paris",
  standing: { state: "signed-in", since: 0, lastSuccess: 0, nextTry: null, reason: null },
}

const value = (kind: string, number: number, { at = noon - 60, stale = false } = {}): Feature =>
  toFeature(kind, null, { value: number, at, stale })
const bed = (inBed: number, at: number, stale = false): Feature => inBedFeature({ value: inBed, at, stale })

const descriptor = (features: ReadonlyArray<Feature>): DeviceDescriptor => ({
  id: DescriptorId("d"),
  deviceClass: "scale",
  personId: PersonId("ann"),
  personName: "Ann",
  deviceId: DeviceId("s"),
  manufacturer: "Withings",
  model: "Body+",
  name: "Body+ Ann",
  availability: "available",
  features,
})

interface Known {
  readonly now?: number
  readonly past?: ReadonlyArray<PersonPast>
  readonly person?: Person
  readonly held?: ReadonlyMap<string, Held>
}

const settled = (rule: object, features: ReadonlyArray<Feature>, known: Known = {}) => {
  const { now = noon, past = [], person = ann, held = new Map<string, Held>() } = known
  const { mistakes, rules } = readRules([{ name: "R", ...rule }])
  expect(mistakes).toEqual([])
  const { due, states } = settleRules(held, {
    rules,
    persons: [person],
    descriptors: [descriptor(features)],
    past,
    now,
  })
  return { states, due, holds: ruleStates(rules, [person], states)[0]?.reading?.value ?? null }
}

const holds = (...given: Parameters<typeof settled>) => settled(...given).holds

describe("a condition", () => {
  it("compares strictly, as the value is shown", () => {
    const above = { when: "above", measure: "weight", value: 75 }
    expect(holds(above, [value("weight", 75.01)])).toBe(1)
    expect(holds(above, [value("weight", 75.000_000_1)])).toBe(0)
    expect(holds(above, [value("weight", 75)])).toBe(0)
    const below = { when: "below", measure: "weight", value: 75 }
    expect(holds(below, [value("weight", 75)])).toBe(0)
    expect(holds(below, [value("weight", 74.99)])).toBe(1)
    const between = { when: "between", measure: "weight", value: 70, to: 75 }
    expect([69.99, 70, 75, 75.01].map((kg) => holds(between, [value("weight", kg)]))).toEqual([0, 1, 1, 0])
  })

  it("is not known before anything was measured, and holds nothing of yesterday", () => {
    const steps = { when: "above", measure: "steps", value: 8000 }
    expect(holds(steps, [])).toBeNull()
    expect(holds(steps, [value("steps", 9000, { stale: true })])).toBe(0)
    expect(
      holds({ when: "below", measure: "steps", value: 8000 }, [value("steps", 10, { stale: true })]),
    ).toBe(0)
  })

  it("compares with another measure", () => {
    const rule = { when: "above", measure: "steps", value: "goal-steps" }
    expect(holds(rule, [value("steps", 9000)])).toBeNull()
    expect(holds(rule, [value("steps", 9000), value("goal-steps", 8000)])).toBe(1)
  })

  it("reaches a weight goal from above, a step goal from below and only today", () => {
    const weight = { when: "goal-reached", measure: "weight" }
    const steps = { when: "goal-reached", measure: "steps" }
    expect(holds(weight, [value("weight", 72), value("goal-weight", 71)])).toBe(0)
    expect(holds(weight, [value("weight", 71), value("goal-weight", 71)])).toBe(1)
    expect(holds(steps, [value("steps", 8000), value("goal-steps", 8000)])).toBe(1)
    expect(holds(steps, [value("steps", 8000, { stale: true }), value("goal-steps", 8000)])).toBe(0)
  })

  it("sees a change in either direction, not an old one", () => {
    const rule = { when: "changed-by", measure: "weight", value: 2, days: 7 }
    const past = (kg: number, days: number) => [
      { personId: PersonId("ann"), kind: "weight", value: kg, at: noon - days * day },
    ]
    expect(holds(rule, [value("weight", 75)], { past: past(72.9, 8) })).toBe(1)
    expect(holds(rule, [value("weight", 75)], { past: past(77.1, 8) })).toBe(1)
    expect(holds(rule, [value("weight", 75)], { past: past(77, 8) })).toBe(0)
    expect(holds(rule, [value("weight", 75)], { past: past(80, 3) })).toBeNull()
    expect(holds(rule, [value("weight", 75, { at: noon - 8 * day })], { past: past(80, 16) })).toBe(0)
  })

  it("waits for measures of any kind or of one", () => {
    const measured = (days: number) => measuredFeature({ value: 1, at: noon - days * day, stale: false })
    const any = { when: "no-measure-for-days", value: 2 }
    expect([1, 2, 3].map((days) => holds(any, [measured(days)]))).toEqual([0, 0, 1])
    expect(holds(any, [])).toBeNull()
    expect(
      holds({ ...any, measure: "weight" }, [value("weight", 70, { at: noon - 3 * day }), measured(0)]),
    ).toBe(1)
  })

  it("finds atrial fibrillation by Withings' verdicts", () => {
    const afib = { when: "afib-found" }
    expect([0, 1, 2, 11, 12, 13].map((verdict) => holds(afib, [value("afib-ecg", verdict)]))).toEqual([
      0, 1, 0, 1, 1, 0,
    ])
    expect(holds(afib, [value("afib-ecg", 0), value("afib-ppg", 1)])).toBe(1)
    expect(holds({ when: "is", measure: "afib-ecg", value: [2, 3] }, [value("afib-ecg", 3)])).toBe(1)
  })

  it("counts hours in bed, but not of a stale presence", () => {
    const long = { when: "in-bed-longer-than-hours", value: 10 }
    expect(holds(long, [bed(1, noon - 10 * hour)])).toBe(0)
    expect(holds(long, [bed(1, noon - 10 * hour - 1)])).toBe(1)
    expect(holds(long, [bed(0, noon - 20 * hour)])).toBe(0)
    expect(holds(long, [bed(1, noon - 20 * hour, true)])).toBe(0)
  })

  it("holds for a person who is not in bed by a time, until noon, in their timezone", () => {
    const rule = { when: "not-in-bed-by", time: "23:30" }
    const midnight = noon + 12 * hour
    const gotUp = bed(0, noon - 5 * hour)
    const at = (now: number, feature = gotUp) => holds(rule, [feature], { now })
    expect(at(midnight - 31 * 60)).toBe(0)
    expect(at(midnight - 30 * 60)).toBe(1)
    expect(at(midnight + 11 * hour)).toBe(1)
    expect(at(midnight + 12 * hour)).toBe(0)
    expect(at(midnight, bed(1, midnight - 2 * hour))).toBe(0)
    expect(at(midnight + 8 * hour, bed(0, midnight + 7 * hour))).toBe(0)
    expect(at(midnight, bed(0, midnight - 2 * hour))).toBe(1)
  })

  it("knows a short night, a lost sign-in and a low battery", () => {
    expect(holds({ when: "short-night", value: 6 }, [value("sleep-duration", 5 * hour)])).toBe(1)
    expect(holds({ when: "short-night", value: 6 }, [value("sleep-duration", 6 * hour)])).toBe(0)
    const standing = { ...ann.standing, state: "needs-sign-in" as const }
    expect(holds({ when: "sign-in-needed" }, [])).toBe(0)
    expect(holds({ when: "sign-in-needed" }, [], { person: { ...ann, standing } })).toBe(1)
    const battery = (level: number) => batteryFeature({ value: level, at: noon, stale: false })
    expect(holds({ when: "battery-low" }, [battery(2)])).toBe(0)
    expect(holds({ when: "battery-low" }, [battery(1)])).toBe(1)
  })
})

describe("a value outside of the person's own usual range", () => {
  const unusual = { when: "unusual" }
  const verdict = (kind: string, number: number, stale = false) => value(`${kind}-unusual`, number, { stale })

  it("holds higher and lower, not as usual, not when it is old, and is not known before there is a range", () => {
    const of = (number: number, stale = false) =>
      holds(unusual, [verdict("sleep-heart-rate-average", number, stale)])
    expect([of(0), of(1), of(2), of(1, true)]).toEqual([0, 1, 1, 0])
    expect(holds(unusual, [value("sleep-heart-rate-average", 90)])).toBeNull()
  })

  it("is of any value that has a range, or of the one that is named", () => {
    const both = [verdict("sleep-heart-rate-average", 0), verdict("skin-temperature", 1)]
    expect(holds(unusual, both)).toBe(1)
    expect(holds({ ...unusual, measure: "skin-temperature" }, both)).toBe(1)
    expect(holds({ ...unusual, measure: "sleep-heart-rate-average" }, both)).toBe(0)
    expect(holds({ ...unusual, measure: "sleep-rmssd-end" }, both)).toBeNull()
  })
})

describe("a rule", () => {
  it("comes back only past its hysteresis", () => {
    const rule = { when: "above", measure: "weight", value: 75, hysteresis: 0.5 }
    let held: ReadonlyMap<string, Held> = new Map()
    const course = [74.8, 75.1, 74.8, 74.51, 74.5, 74.8].map((kg) => {
      const next = settled(rule, [value("weight", kg)], { held })
      held = next.states
      return next.holds
    })
    expect(course).toEqual([0, 1, 1, 1, 0, 0])
  })

  it("holds only after its condition did for long enough, over restarts", () => {
    const rule = { when: "above", measure: "weight", value: 75, minutes: 10 }
    const heavy = [value("weight", 76)]
    const first = settled(rule, heavy)
    expect(first).toMatchObject({ holds: 0, due: noon + 600 })
    const almost = settled(rule, heavy, { held: first.states, now: noon + 599 })
    expect(almost.holds).toBe(0)
    const interrupted = settled(rule, [value("weight", 74)], { held: almost.states, now: noon + 599 })
    expect(settled(rule, heavy, { held: interrupted.states, now: noon + 600 }).holds).toBe(0)
    const late = settled(rule, heavy, { held: almost.states, now: noon + 5000 })
    expect([...late.states.values()][0]).toEqual({ value: true, since: noon + 600, otherwiseSince: null })
    expect(settled(rule, [value("weight", 74)], { held: late.states, now: noon + 5001 }).holds).toBe(0)
  })

  it("keeps its state apart from that of other bounds under the same name", () => {
    const at = (bound: number) =>
      settled({ when: "above", measure: "weight", value: bound }, [value("weight", 76)]).states
    expect([...at(75).keys()]).not.toEqual([...at(80).keys()])
    expect([...at(75).keys()]).toEqual([...at(75).keys()])
  })

  it("is for the person named, or for each", () => {
    const ben = { ...ann, id: PersonId("ben"), name: "Ben" }
    const persons = (person?: string) => {
      const { rules } = readRules([{ name: "R", when: "afib-found", person }])
      return ruleStates(rules, [ann, ben], new Map()).map(({ personId }) => personId)
    }
    expect(persons()).toEqual(["ann", "ben"])
    expect(persons("Ben")).toEqual(["ben"])
    expect(persons("Cid")).toEqual([])
  })
})

describe("readRules", () => {
  const mistakes = (...list: ReadonlyArray<unknown>) =>
    readRules(list).mistakes.map(({ found, path, wanted }) => `${path.join(".")}: ${found}: ${wanted}`)

  it("names each mistake, and the word that was meant", () => {
    expect(mistakes({ name: "R", when: "abov", measure: "weight", value: 1 })[0]).toMatch(
      /^0\.when: "abov": .*above, probably$/,
    )
    expect(mistakes({ name: "R", when: "above", measure: "wieght", value: 1 })[0]).toMatch(
      /^0\.measure: "wieght": weight, probably/,
    )
    expect(mistakes({ name: "R", when: "above", measure: "weight", value: "goal-wieght" })[0]).toContain(
      "goal-weight, probably",
    )
    expect(mistakes({ name: "R", when: "above", measure: "weight" })[0]).toMatch(
      /^0\.value: nothing: a number/,
    )
    expect(mistakes({ name: "R", when: "not-in-bed-by", time: "25:00" })[0]).toContain("a time of day")
    expect(mistakes({ name: "R", when: "afib-found", persn: "Ann" })[0]).toContain("person, probably")
    expect(mistakes({ when: "afib-found" })[0]).toContain("0.name: nothing")
    expect(mistakes("weight")[0]).toContain("a rule, like")
    expect(mistakes({ name: "R", when: "afib-found" }, { name: "r", when: "battery-low" })[0]).toContain(
      "no other rule has",
    )
    expect(readRules("all").mistakes).toHaveLength(1)
  })

  it("gives names of any script an id of their own", () => {
    const ids = ["Schlaf kurz", "Короткая ночь", "夜", "夜 2", "Ann's goal", "Anns goal"].map(
      (name) => readRules([{ name, when: "afib-found" }]).rules[0]?.id,
    )
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9-]*$/)
  })
})
