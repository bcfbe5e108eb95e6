import { FastCheck } from "effect"
import { expect, it } from "vitest"
import { batteryFeature, inBedFeature, measuredFeature, toFeature } from "../device/toFeature.ts"
import { type DeviceDescriptor, DescriptorId } from "../device/DeviceDescriptor.ts"
import type { Feature } from "../device/Feature.ts"
import { DeviceId } from "../measure/Device.ts"
import { GroupId, type Measure } from "../measure/Measure.ts"
import { type Person, PersonId } from "../measure/Person.ts"
import { conditions, type ConditionName } from "./conditions.ts"
import type { Held } from "./Held.ts"
import { previewDays, previewRule } from "./previewRule.ts"
import { readRules } from "./readRules.ts"
import { ruleStates, settleRules, type PersonPast } from "./ruleStates.ts"

const now = 1_795_258_800
const day = 86_400

const personNamed = (name: string, timezone: string | null): Person => ({
  id: PersonId(name.toLowerCase()),
  name,
  withingsUserId: name,
  timezone,
  standing: { state: "signed-in", since: 0, lastSuccess: 0, nextTry: null, reason: null },
})

const names = Object.keys(conditions) as ReadonlyArray<ConditionName>
const measure = FastCheck.constantFrom("weight", "steps", "sleep-duration", "heart-rate", "skin-temperature")
const bound = FastCheck.oneof(FastCheck.integer({ min: 0, max: 100 }), FastCheck.double({ noNaN: true }))

/** Rules about what the households below have, so that most of them are decided by a reading. */
const aGoodRule = FastCheck.record({
  name: FastCheck.string({ minLength: 4, maxLength: 8 }),
  when: FastCheck.constantFrom(...names),
  measure: FastCheck.constantFrom("weight", "steps", "sleep-duration"),
  value: FastCheck.integer({ min: 0, max: 100 }),
  to: FastCheck.constant(100),
  days: FastCheck.constantFrom(1, 7),
  time: FastCheck.constantFrom("23:30", "02:30"),
})

/** Rules as someone may write them: the parser takes some and refuses the others. */
const aWildRule = FastCheck.record({
  name: FastCheck.string({ minLength: 1, maxLength: 8 }),
  when: FastCheck.constantFrom(...names),
  measure: FastCheck.oneof(measure, FastCheck.constant(undefined)),
  value: FastCheck.oneof(bound, measure, FastCheck.constant(undefined)),
  to: bound,
  days: FastCheck.integer({ min: -1, max: 90 }),
  time: FastCheck.constantFrom("23:30", "00:00", "12:00"),
  hysteresis: FastCheck.integer({ min: 0, max: 5 }),
  minutes: FastCheck.constantFrom(0, 0, 10),
})

const aRule = FastCheck.oneof(aGoodRule, aWildRule)

const rules = FastCheck.array(aRule, { maxLength: 20 }).map((list) => readRules(list).rules)

/** Not of the future: describing has seen to that. */
const aTime = FastCheck.oneof(
  FastCheck.integer({ min: 0, max: 100 * day }).map((ago) => now - ago),
  // Twins, and the far past.
  FastCheck.constantFrom(now, now - day, now - 365 * day),
  FastCheck.integer({ min: 0, max: now }),
)
const aNumber = FastCheck.oneof(
  FastCheck.integer({ min: 0, max: 100 }),
  FastCheck.double({ noNaN: true, noDefaultInfinity: true }),
)
const aKind = FastCheck.constantFrom(
  "weight",
  "steps",
  "sleep-duration",
  "goal-weight",
  "goal-steps",
  "goal-sleep",
  "afib-ecg",
  "skin-temperature-unusual",
)

const aFeature = FastCheck.record({
  kind: aKind,
  value: aNumber,
  at: aTime,
  stale: FastCheck.boolean(),
}).chain(({ kind, ...reading }) =>
  FastCheck.constantFrom<Feature>(
    toFeature(kind, null, reading),
    toFeature(kind, null, reading),
    toFeature(kind, null, reading),
    inBedFeature({ ...reading, value: reading.value > 50 ? 1 : 0 }),
    batteryFeature({ ...reading, value: reading.value > 50 ? 1 : 0 }),
    measuredFeature({ ...reading, value: 1 }),
  ),
)

const descriptorOf = (person: string, features: ReadonlyArray<Feature>): DeviceDescriptor => ({
  id: DescriptorId(`d-${person}`),
  deviceClass: "scale",
  personId: PersonId(person),
  personName: person,
  deviceId: DeviceId("s"),
  manufacturer: "Withings",
  model: "Body+",
  name: "Body+",
  availability: "available",
  features,
})

const aPast = FastCheck.array(
  FastCheck.record({
    personId: FastCheck.constantFrom(PersonId("ann"), PersonId("ben")),
    kind: aKind,
    at: aTime,
    value: aNumber,
  }),
  { maxLength: 30 },
)
const aHeld = FastCheck.record({
  value: FastCheck.constantFrom(true, false, null),
  since: aTime,
  otherwiseSince: FastCheck.option(aTime),
})

const household = FastCheck.record({
  rules,
  features: FastCheck.array(aFeature, { maxLength: 8 }),
  others: FastCheck.array(aFeature, { maxLength: 4 }),
  past: aPast,
  timezone: FastCheck.constantFrom(null, "Europe/Paris", "Nowhere/Land"),
  held: aHeld,
})

type Known = Pick<typeof household extends FastCheck.Arbitrary<infer A> ? A : never, "rules" | "timezone">

const persons = ({ timezone }: Known) => [personNamed("Ann", timezone), personNamed("Ben", timezone)]

const statesOf = (
  known: Known,
  descriptors: ReadonlyArray<DeviceDescriptor>,
  past: ReadonlyArray<PersonPast>,
  held: ReadonlyMap<string, Held> = new Map(),
) => settleRules(held, { rules: known.rules, persons: persons(known), descriptors, past, now }).states

/** Conditions that a household with old readings alone can meet. */
const ofOldReadings: ReadonlySet<ConditionName> = new Set([
  "no-measure-for-days",
  "afib-found",
  "not-in-bed-by",
  "sign-in-needed",
  "battery-low",
] as const)

it("rules never throw, and say of whatever there is yes, no or nothing, of a time that has been", () => {
  FastCheck.assert(
    FastCheck.property(household, (known) => {
      const descriptors = [descriptorOf("ann", known.features), descriptorOf("ben", known.others)]
      const first = statesOf(known, descriptors, known.past)
      const before = new Map([...first.keys()].map((key) => [key, known.held]))
      const states = statesOf(known, descriptors, known.past, before)
      const readings = ruleStates(known.rules, persons(known), states).flatMap(({ reading }) => reading ?? [])
      expect(readings.filter(({ at, value }) => at > now || (value !== 0 && value !== 1))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

it("rules say nothing of someone of whom nothing is known, whatever is known of others", () => {
  FastCheck.assert(
    FastCheck.property(household, (known) => {
      const ofBen = known.past.filter(({ personId }) => personId === "ben")
      const states = statesOf(known, [descriptorOf("ben", known.features)], ofBen)
      const told = ruleStates(known.rules, persons(known), states)
      const ofAnn = told.filter(({ personId, rule }) => personId === "ann" && rule.when !== "sign-in-needed")
      expect(ofAnn.filter(({ reading }) => reading !== null)).toEqual([])
      const alone = statesOf(known, [descriptorOf("ann", known.others)], [])
      const both = statesOf(
        known,
        [descriptorOf("ann", known.others), descriptorOf("ben", known.features)],
        ofBen,
      )
      const own = [...alone.keys()].filter((key) => key.includes(" ann "))
      expect(own.map((key) => both.get(key))).toEqual(own.map((key) => alone.get(key)))
    }),
    { numRuns: 300 },
  )
})

it("rules hold because of no value that is old", () => {
  FastCheck.assert(
    FastCheck.property(household, (known) => {
      const old = known.features.map(({ reading, ...rest }) => ({
        ...rest,
        reading: reading === null ? null : { ...reading, stale: true },
      }))
      const states = statesOf(known, [descriptorOf("ann", old)], known.past)
      const holding = ruleStates(known.rules, persons(known), states).filter(
        ({ reading, rule }) => reading?.value === 1 && !ofOldReadings.has(rule.when),
      )
      expect(holding).toEqual([])
    }),
    { numRuns: 300 },
  )
})

it("the parser accepts any input, and reports a mistake for each entry that it leaves out", () => {
  FastCheck.assert(
    FastCheck.property(
      FastCheck.array(FastCheck.oneof(FastCheck.anything(), aRule), { maxLength: 20 }),
      (list) => {
        const { mistakes, rules } = readRules(list)
        const told = new Set(mistakes.map(({ path }) => path[0]))
        expect(rules.length + told.size).toBe(list.length)
      },
    ),
    { numRuns: 300 },
  )
})

it("a preview never throws; its spans are in order, within its days, and empty without measures", () => {
  const measures = FastCheck.array(
    FastCheck.record({ kind: aKind, value: aNumber, at: aTime, person: FastCheck.constant("ann") }),
    { maxLength: 12 },
  )
  FastCheck.assert(
    FastCheck.property(rules, measures, (list, known) => {
      const [rule] = list
      if (rule === undefined) return
      const past = known.map(({ at, kind, person, value }, index) => ({
        personId: PersonId(person),
        source: "getmeas" as const,
        group: GroupId(String(index)),
        // A store may hold kinds of a newer version.
        kind: kind as Measure["kind"],
        position: null,
        at,
        value,
        deviceId: null,
        attribution: "device" as const,
        modified: at,
      }))
      const ann = personNamed("Ann", "Europe/Paris")
      let before = now - previewDays * day
      for (const { from, to } of previewRule(rule, ann, past, now)) {
        expect(from).toBeGreaterThanOrEqual(before)
        before = to ?? now
        expect(before).toBeGreaterThanOrEqual(from)
        expect(before).toBeLessThanOrEqual(now)
      }
      expect(previewRule(rule, ann, [], now)).toEqual([])
    }),
    { numRuns: 20 },
  )
})
