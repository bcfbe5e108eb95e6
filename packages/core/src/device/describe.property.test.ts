import * as FastCheck from "effect/FastCheck"
import { describe as suite, expect, it } from "vitest"
import { type Device, DeviceId } from "../measure/Device.ts"
import { type Measure, measureSources, GroupId } from "../measure/Measure.ts"
import { measureKinds } from "../measure/measureKinds.ts"
import { type Person, PersonId } from "../measure/Person.ts"
import type { Presence } from "../measure/Presence.ts"
import { descriptorIdOf } from "./attribution.ts"
import { describe, type Known } from "./describe.ts"
import { diff } from "./diff.ts"
import { featureKeyOf } from "./toFeature.ts"

const now = 1_795_248_000
const fc = FastCheck

const personIds = [PersonId("p1"), PersonId("p2"), PersonId("p3")]
const deviceIds = [DeviceId("d1"), DeviceId("d2"), DeviceId("d3"), DeviceId("d4")]
const kinds = [
  ...Object.keys(measureKinds).filter((_, index) => index % 9 === 0),
  "weight",
  "height",
  "muscle-mass-segment",
  "blood-pressure-systolic",
  "sleep-duration",
  "meastype-999",
  "odd_Key",
]
// Few moments often, so that two things happen at once; any moment as well.
const time = fc.oneof(
  fc.constantFrom(now, now - 3600, now - 100_000),
  fc.integer({ min: now - 4_000_000, max: now }),
)

const person = (id: PersonId): FastCheck.Arbitrary<Person> =>
  fc.record({
    id: fc.constant(id),
    name: fc.constantFrom("Ann", "Bob", " "),
    withingsUserId: fc.constant(`w${id}`),
    standing: fc.record({
      state: fc.constantFrom("signed-in", "needs-sign-in", "throttled", "offline", "never-signed-in"),
      since: time,
      lastSuccess: fc.constant(null),
      nextTry: fc.constant(null),
      reason: fc.constant(null),
    }),
    timezone: fc.constantFrom("Europe/Paris", "America/Los_Angeles", "Mars/Olympus", null),
  })

const device: FastCheck.Arbitrary<Device> = fc.record({
  personId: fc.constantFrom(...personIds),
  id: fc.constantFrom(...deviceIds),
  type: fc.constantFrom("Scale", "Sleep Monitor", "Blood Pressure Monitor", "Gateway", "new"),
  model: fc.constantFrom("Body+", "Aura Sensor V2", ""),
  modelId: fc.constantFrom(5, 63, 9999, null),
  battery: fc.constantFrom("high", "medium", "low", null),
  timezone: fc.constant(null),
  firstSession: fc.option(time),
  lastSession: fc.option(time),
  linked: fc.boolean(),
})

const measure: FastCheck.Arbitrary<Measure> = fc.record({
  personId: fc.constantFrom(...personIds),
  source: fc.constantFrom(...measureSources),
  group: fc.constantFrom(GroupId("2026-11-20"), GroupId("2026-11-21"), GroupId("7")),
  // A store may hold kinds of a newer version.
  kind: fc.constantFrom(...(kinds as Array<Measure["kind"]>)),
  position: fc.constantFrom(null, 7, 12, 2, 99),
  at: time,
  value: fc.integer({ min: 1, max: 3000 }),
  deviceId: fc.constantFrom(...deviceIds, DeviceId("never-listed"), null),
  attribution: fc.constantFrom("device", "ambiguous", "manual"),
  modified: time,
})

const presence: FastCheck.Arbitrary<Presence> = fc.record({
  personId: fc.constantFrom(...personIds),
  deviceId: fc.constantFrom(...deviceIds),
  inBed: fc.boolean(),
  at: time,
  source: fc.constantFrom("webhook", "night"),
})

const household: FastCheck.Arbitrary<Known> = fc.record({
  persons: fc.subarray([...personIds]).chain((ids) => fc.tuple(...ids.map(person))),
  devices: fc.uniqueArray(device, { maxLength: 8, selector: ({ personId, id }) => `${personId} ${id}` }),
  latest: fc.array(measure, { maxLength: 60 }),
  history: fc.array(measure, { maxLength: 10 }),
  presences: fc.array(presence, { maxLength: 6 }),
  now: fc.constant(now),
})

const holds = (property: (known: Known) => void) =>
  fc.assert(fc.property(household, property), { numRuns: 300 })

suite("whatever is known", { timeout: 120_000 }, () => {
  it("is described the same in whatever order it comes", () => {
    const shuffled = <A>(all: ReadonlyArray<A>) =>
      fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length })
    const twice = household.chain((known) =>
      fc.tuple(
        fc.constant(known),
        fc.record({
          persons: shuffled(known.persons),
          devices: shuffled(known.devices),
          latest: shuffled(known.latest),
          history: shuffled(known.history ?? []),
          presences: shuffled(known.presences),
          now: fc.constant(now),
        }),
      ),
    )
    fc.assert(
      fc.property(twice, ([known, reordered]) => {
        expect(describe(reordered)).toEqual(describe(known))
        expect(diff(describe(known), describe(reordered))).toEqual({ added: [], removed: [], changed: [] })
      }),
      { numRuns: 300 },
    )
  })

  it("has no two descriptors with one id or name, and no two features with one key", () => {
    holds((known) => {
      const descriptors = describe(known)
      const unique = (all: ReadonlyArray<string>) => expect(new Set(all).size).toBe(all.length)
      unique(descriptors.map(({ id }) => id))
      unique(descriptors.map(({ name }) => name))
      for (const { id, name, features } of descriptors) {
        expect(id).toMatch(/^[0-9a-f]{24}$/)
        expect(name.trim()).not.toBe("")
        expect(features.length).toBeGreaterThan(0)
        unique(features.map(({ key }) => key))
      }
    })
  })

  it("has features with a range, and readings that are numbers of a moment", () => {
    holds((known) => {
      for (const { min, max, unit, nature, verdicts, reading } of describe(known).flatMap(
        ({ features }) => features,
      )) {
        expect(min).toBeLessThan(max)
        expect(unit === null || unit.ucum.length > 0).toBe(true)
        expect(nature === "verdict" && verdicts === undefined).toBe(false)
        expect(reading === null || (Number.isFinite(reading.value) && Number.isInteger(reading.at))).toBe(
          true,
        )
      }
    })
  })

  it("invents no reading", () => {
    holds((known) => {
      for (const { personId, deviceId, features } of describe(known)) {
        for (const { key, nature, derived, reading } of features) {
          if (reading === null || derived === true || personId === null) continue
          const { value, at } = reading
          const own = known.latest.filter(
            (each) => each.personId === personId && each.attribution !== "ambiguous",
          )
          const devices = known.devices.filter((each) => each.personId === personId && each.id === deviceId)
          const witness =
            nature === "battery"
              ? devices.some(({ battery }) => battery !== null)
              : nature === "measured"
                ? own.some((each) => each.at === at)
                : nature === "presence"
                  ? known.presences.some((each) => each.at === at && each.inBed === (value === 1)) ||
                    (value === 0 && own.some((each) => each.source === "night" && each.at === at))
                  : own.some((each) => featureKeyOf(each) === key && each.value === value && each.at === at)
          expect(witness).toBe(true)
        }
      }
    })
  })

  it("loses no measure: its feature shows it or a newer one", () => {
    holds((known) => {
      const descriptors = describe(known)
      const ids = new Set(known.persons.map(({ id }) => id))
      for (const each of known.latest.filter(({ personId }) => ids.has(personId))) {
        const id = descriptorIdOf(each, known.devices)
        if (id === null) continue
        const shown = descriptors.find((descriptor) => descriptor.id === id)
        const feature = shown?.features.find(({ key }) => key === featureKeyOf(each))
        expect(feature?.reading?.at).toBeGreaterThanOrEqual(each.at)
      }
    })
  })

  it("keeps every id when another person and another measure come", () => {
    holds((known) => {
      const before = describe({ ...known, persons: known.persons.slice(0, 1), latest: known.latest.slice(1) })
      const after = new Set(describe(known).map(({ id }) => id))
      expect(before.filter(({ id }) => !after.has(id))).toEqual([])
    })
  })
})
