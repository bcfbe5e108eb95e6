import { describe, expect, it } from "vitest"
import { type DeviceDescriptor, DescriptorId } from "../device/DeviceDescriptor.ts"
import type { Feature } from "../device/Feature.ts"
import type { Reading } from "../device/Reading.ts"
import { inBedFeature, toFeature } from "../device/toFeature.ts"
import { DeviceId } from "../measure/Device.ts"
import { GroupId, type Measure, type SourcedGroup } from "../measure/Measure.ts"
import { PersonId } from "../measure/Person.ts"
import type { Held } from "../rule/Held.ts"
import { buttonsOf } from "./buttonsOf.ts"
import { isYoung, type MomentKind } from "./Moment.ts"
import { settleMoments } from "./settleMoments.ts"
import { toActs } from "./toActs.ts"

const descriptor = (deviceClass: DeviceDescriptor["deviceClass"], ...features: Array<Feature>) => ({
  id: DescriptorId(deviceClass),
  deviceClass,
  personId: PersonId("ann"),
  personName: "Ann",
  deviceId: DeviceId("d"),
  manufacturer: "Withings" as const,
  model: "Model",
  name: "Ann",
  availability: "available" as const,
  features,
})

const reading = (value: number, at: number, stale = false): Reading => ({ value, at, stale })

/** What is told at each look: [now, what homes are told then]. Nothing but what is kept comes from look to look. */
const told = (...looks: ReadonlyArray<readonly [number, ...ReadonlyArray<Feature>]>) => {
  let held: ReadonlyMap<string, Held> = new Map()
  const ids = new Set<string>()
  return looks.map(([now, ...features]) => {
    const seen = settleMoments(held, [descriptor("sleep-monitor", ...features)], now)
    held = new Map(JSON.parse(JSON.stringify([...seen.states])))
    return [...seen.moments.values()].flatMap(({ at, id, kind, value }) => {
      if (ids.has(id)) return []
      ids.add(id)
      return [[kind, at, value]]
    })
  })
}

const bed = (value: number, at: number, stale = false) => inBedFeature(reading(value, at, stale))
const unknownBed = inBedFeature(null)
const steps = (left: number, midnight: number, stale = false) => [
  toFeature("steps-to-goal", null, reading(left, midnight, stale)),
  toFeature("steps", null, reading(8000 - left, midnight, stale)),
]

describe("going to bed and getting up", () => {
  it("are told once, at the time at which they happened", () => {
    expect(
      told(
        [1000, bed(0, 500)],
        [2000, bed(1, 1990)],
        [2060, bed(1, 1990)],
        [9000, bed(0, 8990)],
        [9060, bed(0, 8990)],
      ),
    ).toEqual([[], [["went-to-bed", 1990, null]], [], [["got-up", 8990, null]], []])
  })

  it("are not told of what is known for the first time, however it stands", () => {
    expect(told([1000, bed(1, 990)], [1060, bed(1, 990)])).toEqual([[], []])
    expect(told([1000, unknownBed], [1060, bed(0, 1050)])).toEqual([[], []])
  })

  it("are told of a mat that never told anything while it was watched, not of what was before", () => {
    expect(told([1000, unknownBed], [1060, bed(1, 1050)])[1]).toEqual([["went-to-bed", 1050, null]])
    expect(told([1000, unknownBed], [1060, bed(1, 900)])[1]).toEqual([])
  })

  it("conclude nothing from a bed that is no longer known", () => {
    expect(told([1000, bed(1, 990)], [80_000, bed(1, 990, true)], [80_060, bed(0, 80_050)])).toEqual([
      [],
      [],
      [],
    ])
  })
})

describe("a goal", () => {
  it("is reached once a day, also when the steps are corrected", () => {
    expect(
      told(
        [1000, ...steps(100, 0)],
        [2000, ...steps(-5, 0)],
        [3000, ...steps(20, 0)],
        [4000, ...steps(-20, 0)],
        [90_000, ...steps(-20, 0, true)],
        [95_000, ...steps(-1, 86_400)],
      ),
    ).toEqual([[], [["goal-reached", 2000, 8005]], [], [], [], [["goal-reached", 95_000, 8001]]])
  })

  it("is reached on another day although nothing ran in between", () => {
    expect(told([1000, ...steps(1, 0)], [2000, ...steps(0, 0)], [95_000, ...steps(0, 86_400)])[2]).toEqual([
      ["goal-reached", 95_000, 8000],
    ])
  })

  it("is not told when it had been reached before anyone looked", () => {
    expect(told([1000, ...steps(-1, 0)], [1060, ...steps(-50, 0)])).toEqual([[], []])
  })
})

describe("what was measured", () => {
  const measure = (
    kind: Measure["kind"],
    group: string,
    value: number,
    source: Measure["source"] = "getmeas",
  ) => ({
    personId: PersonId("ann"),
    source,
    group: GroupId(group),
    kind,
    position: null,
    at: 1000,
    value,
    deviceId: DeviceId("d"),
    attribution: "device" as const,
    modified: 1000,
  })
  const event = (group: SourcedGroup, ...kinds: Array<string>) => ({
    descriptorId: DescriptorId("scale"),
    personId: PersonId("ann"),
    deviceId: DeviceId("d"),
    group,
    at: 1000,
    kinds,
  })

  it.each([
    ["weighed", event("getmeas:1", "fat-ratio", "weight"), 72.4],
    ["measured", event("getmeas:2", "heart-rate"), null],
    ["night-available", event("night:3", "sleep-duration", "sleep-score"), 81],
    ["night-available", event("night:4", "sleep-duration"), null],
    ["measured", event("night:5", "nap-sleep-duration"), null],
  ])("is one moment: %s", (kind, happened, value) => {
    const fresh = [
      measure("weight", "1", 72.4),
      measure("heart-rate", "2", 60),
      measure("sleep-score", "3", 81, "night"),
    ]
    expect(toActs([happened], fresh)).toMatchObject([{ kind, value, descriptorId: "scale", at: 1000 }])
  })
})

it("are young for ten minutes or as long as the household says, a night for half a day", () => {
  const at = (kind: MomentKind, age: number, within = 600) =>
    isYoung(
      {
        kind,
        id: "",
        descriptorId: DescriptorId(""),
        personId: PersonId(""),
        at: 100_000 - age,
        value: null,
      },
      100_000,
      within,
    )
  expect([at("weighed", 599), at("weighed", 600), at("weighed", 600, 3600)]).toEqual([true, false, true])
  expect([at("night-available", 43_199), at("night-available", 43_200)]).toEqual([true, false])
  expect(at("got-up", 0, 0)).toBe(false)
})

it("have buttons by what a descriptor has", () => {
  const buttons = (...features: Array<Feature>) =>
    buttonsOf(descriptor("person", ...features)).map(({ button }) => button)
  expect(buttons(bed(0, 0))).toEqual(["went-to-bed", "got-up"])
  expect(buttons(...steps(1, 0))).toEqual(["goal-reached"])
  expect(buttons(toFeature("weight", null, null))).toEqual([])
})
