import { describe as suite, expect, it } from "vitest"
import { type Device, DeviceId } from "../measure/Device.ts"
import { type Measure, GroupId } from "../measure/Measure.ts"
import { type Person, PersonId } from "../measure/Person.ts"
import type { Presence } from "../measure/Presence.ts"
import { describe, type Known } from "./describe.ts"

const hour = 3600
const day = 24 * hour
/** 2026-11-21 09:00 in Paris. */
const now = 1_795_248_000

const person = (id: string, name: string, more: Partial<Person> = {}): Person => ({
  id: PersonId(id),
  name,
  withingsUserId: `w-${id}`,
  standing: { state: "signed-in", since: 0, lastSuccess: null, nextTry: null, reason: null },
  timezone: "Europe/Paris",
  ...more,
})

const device = (personId: PersonId, id: string, more: Partial<Device> = {}): Device => ({
  personId,
  id: DeviceId(id),
  type: "Scale",
  model: "Body+",
  modelId: 5,
  battery: "high",
  timezone: "Europe/Paris",
  firstSession: 1000,
  lastSession: now - hour,
  linked: true,
  ...more,
})

const mat = { type: "Sleep Monitor", model: "Aura Sensor V2", modelId: 63 }

const measure = (
  personId: PersonId,
  kind: Measure["kind"],
  value: number,
  more: Partial<Measure> = {},
): Measure => ({
  personId,
  source: "getmeas",
  group: GroupId("1"),
  kind,
  position: null,
  at: now - hour,
  value,
  deviceId: DeviceId("scale"),
  attribution: "device",
  modified: now - hour,
  ...more,
})

const describing = (known: Partial<Known>) => {
  const descriptors = describe({ persons: [], devices: [], latest: [], presences: [], now, ...known })
  const named = (name: string) => {
    const found = descriptors.find((descriptor) => descriptor.name === name)
    if (found === undefined)
      throw new Error(`no ${name} in ${descriptors.map((each) => each.name).join(", ")}`)
    return found
  }
  return {
    names: descriptors.map(({ name }) => name),
    named,
    keys: (name: string) => named(name).features.map(({ key }) => key),
    reading: (name: string, key: string) =>
      named(name).features.find((feature) => feature.key === key)?.reading,
  }
}

suite("a scale that two persons share", () => {
  const home = describing({
    persons: [person("p1", "Ann"), person("p2", "Bob")],
    devices: [device(PersonId("p1"), "scale"), device(PersonId("p2"), "scale")],
    latest: [
      measure(PersonId("p1"), "weight", 62.5),
      measure(PersonId("p2"), "weight", 81),
      measure(PersonId("p2"), "height", 1.8, { deviceId: null, attribution: "manual" }),
      measure(PersonId("p1"), "weight", 81, { attribution: "ambiguous", at: now, group: GroupId("2") }),
    ],
  })

  it("is one thing for each of them", () => {
    expect(home.names).toEqual(["Body+ Ann", "Ann", "Body+ Bob", "Bob"])
    expect(home.reading("Body+ Ann", "weight")).toEqual({ value: 62.5, at: now - hour, stale: false })
    expect(home.reading("Body+ Bob", "weight")?.value).toBe(81)
  })

  it("works out the body mass index from a height typed in", () => {
    expect(home.reading("Body+ Bob", "bmi")).toEqual({ value: 25, at: now - hour, stale: false })
    expect(home.keys("Body+ Ann")).toEqual(["weight", "battery", "measured"])
    expect(home.keys("Bob")).toContain("height")
  })

  it("never shows an ambiguous weighing as someone's own", () => {
    expect(home.reading("Body+ Ann", "measured")?.at).toBe(now - hour)
  })
})

suite("devices", () => {
  it("have their sure features before the first reading, unknown rather than zero", () => {
    const home = describing({
      persons: [person("p1", "Ann")],
      devices: [device(PersonId("p1"), "mat", { ...mat, battery: null })],
    })
    expect(home.keys("Aura Sensor V2 Ann")).toEqual(["in-bed", "sleep-duration", "measured"])
    expect(home.named("Aura Sensor V2 Ann").features.map(({ reading }) => reading)).toEqual([
      null,
      null,
      null,
    ])
    expect(home.keys("Household")).toEqual(["anyone-in-bed"])
    expect(home.reading("Household", "anyone-in-bed")).toBeNull()
  })

  it("of one model are numbered, and the older one keeps its name, also when it is replaced", () => {
    const home = describing({
      persons: [person("p1", "Ann")],
      devices: [
        device(PersonId("p1"), "a-new", { firstSession: 2000 }),
        device(PersonId("p1"), "z-old", { firstSession: 1000, linked: false }),
      ],
      latest: [measure(PersonId("p1"), "weight", 60, { deviceId: DeviceId("z-old"), at: now - 900 * day })],
    })
    expect(home.named("Body+ Ann").deviceId).toBe("z-old")
    expect(home.named("Body+ Ann").availability).toBe("unlinked")
    expect(home.reading("Body+ Ann", "weight")).toEqual({ value: 60, at: now - 900 * day, stale: false })
    expect(home.named("Body+ Ann 2").availability).toBe("available")
  })

  it("that Withings no longer lists are missing for the days they are kept, then unlinked", () => {
    const gone = device(PersonId("p1"), "scale", { linked: false, unlinkedAt: now })
    const after = (seconds: number, keepMissingDays: number) =>
      describing({
        persons: [person("p1", "Ann")],
        devices: [gone],
        latest: [measure(PersonId("p1"), "weight", 60)],
        now: now + seconds,
        keepMissingDays,
      }).named("Body+ Ann")
    expect(after(0, 7).availability).toBe("missing")
    expect(after(7 * day - 1, 7).availability).toBe("missing")
    expect(after(7 * day, 7).availability).toBe("unlinked")
    expect(after(0, 0).availability).toBe("unlinked")
    // What it measured stays to be seen, as long as it is known at all.
    for (const seconds of [0, 7 * day])
      expect(after(seconds, 7).features.find(({ key }) => key === "weight")?.reading?.value).toBe(60)
  })

  it("are classed by type, then by model, and a phone without measures is not shown", () => {
    const home = describing({
      persons: [person("p1", "Ann")],
      devices: [
        device(PersonId("p1"), "1", { type: "Something new", model: "Thermo 2", modelId: 70 }),
        device(PersonId("p1"), "2", { type: "Sleep Monitor", model: "", modelId: 13 }),
        device(PersonId("p1"), "3", {
          type: "HealthKit Apple",
          model: "iPhone",
          modelId: 1051,
          battery: null,
        }),
      ],
    })
    expect(home.named("Thermo 2 Ann").deviceClass).toBe("thermometer")
    expect(home.named("Sleep Monitor Ann").deviceClass).toBe("sleep-monitor")
    expect(home.names).toHaveLength(3)
  })

  it("say that a sign-in is needed, keeping their values", () => {
    const standing = {
      state: "needs-sign-in",
      since: 0,
      lastSuccess: null,
      nextTry: null,
      reason: "…",
    } as const
    const home = describing({
      persons: [person("p1", "Ann", { standing })],
      devices: [device(PersonId("p1"), "scale")],
      latest: [measure(PersonId("p1"), "weight", 62.5)],
    })
    expect(home.named("Body+ Ann").availability).toBe("sign-in-needed")
    expect(home.reading("Body+ Ann", "weight")?.value).toBe(62.5)
    expect(home.reading("Body+ Ann", "battery")).toEqual({ value: 3, at: now - hour, stale: false })
  })

  it("show segments by place, and one value where the place says nothing", () => {
    const home = describing({
      persons: [person("p1", "Ann")],
      devices: [device(PersonId("p1"), "scale")],
      latest: [
        measure(PersonId("p1"), "muscle-mass-segment", 20, { position: 12 }),
        measure(PersonId("p1"), "muscle-mass-segment", 4, { position: 2 }),
        measure(PersonId("p1"), "muscle-mass", 40, { position: 7 }),
        measure(PersonId("p1"), "heart-rate", 60, { position: 1 }),
        measure(PersonId("p1"), "meastype-999", 5, { position: 99 }),
      ],
    })
    expect(home.keys("Body+ Ann")).toEqual([
      "weight",
      "muscle-mass",
      "muscle-mass-segment@12",
      "muscle-mass-segment@2",
      "heart-rate",
      "meastype-999@99",
      "battery",
      "measured",
    ])
    expect(home.named("Body+ Ann").features[2]?.name.fr).toBe("Masse musculaire segmentaire (tronc)")
  })
})

suite("a person", () => {
  const night = { source: "night", deviceId: null, group: GroupId("n"), at: now - 2 * hour } as const
  const known = {
    persons: [person("p1", "Ann")],
    latest: [
      measure(PersonId("p1"), "steps", 900, {
        source: "day",
        group: GroupId("2026-11-21"),
        at: now - 9 * hour,
        deviceId: DeviceId("watch"),
      }),
      measure(PersonId("p1"), "calories", 80, {
        source: "day",
        group: GroupId("2026-11-20"),
        at: now - 33 * hour,
        deviceId: null,
      }),
      measure(PersonId("p1"), "goal-steps", 10_000, {
        source: "goal",
        deviceId: null,
        attribution: "manual",
      }),
      measure(PersonId("p1"), "sleep-score", 80, night),
      measure(PersonId("p1"), "weight", 62, { deviceId: null, attribution: "manual", at: now - 3 * day - 5 }),
      measure(PersonId("p1"), "height", 1.7, { deviceId: null, attribution: "manual" }),
    ],
  }

  it("carries the counters of the day, goals and what was typed in", () => {
    const home = describing(known)
    expect(home.reading("Ann", "steps")).toEqual({ value: 900, at: now - 9 * hour, stale: false })
    expect(home.reading("Ann", "calories")?.stale).toBe(true)
    expect(home.reading("Ann", "steps-to-goal")?.value).toBe(9100)
    expect(home.reading("Ann", "weight")?.value).toBe(62)
    expect(home.reading("Ann", "bmi")?.value).toBe(21.5)
    expect(home.reading("Ann", "days-since-weight")).toEqual({ value: 3, at: now - 5, stale: false })
  })

  it("leaves a night without a device to the only sleep monitor, and keeps it when there are two", () => {
    const one = describing({ ...known, devices: [device(PersonId("p1"), "m1", mat)] })
    expect(one.reading("Aura Sensor V2 Ann", "sleep-score")?.value).toBe(80)
    const two = describing({
      ...known,
      devices: [device(PersonId("p1"), "m1", mat), device(PersonId("p1"), "m2", mat)],
    })
    expect(two.reading("Ann", "sleep-score")?.value).toBe(80)
  })

  it("compares weights with a week and a month ago", () => {
    const home = describing({
      persons: [person("p1", "Ann")],
      devices: [device(PersonId("p1"), "scale")],
      latest: [measure(PersonId("p1"), "weight", 70.1)],
      history: [
        measure(PersonId("p1"), "weight", 71, { at: now - 8 * day }),
        measure(PersonId("p2"), "weight", 60, { at: now - 8 * day }),
        measure(PersonId("p1"), "weight", 73, { at: now - 40 * day }),
      ],
    })
    expect(home.reading("Body+ Ann", "weight-change-7-days")?.value).toBe(-0.9)
    expect(home.reading("Body+ Ann", "weight-change-30-days")?.value).toBe(-2.9)
  })
})

suite("presence in bed", () => {
  const bed = (personId: PersonId, deviceId: DeviceId, inBed: boolean, at: number): Presence => ({
    personId,
    deviceId,
    inBed,
    at,
    source: "webhook",
  })
  const persons = [person("p1", "Ann"), person("p2", "Bob")]
  const devices = [device(PersonId("p1"), "m1", mat), device(PersonId("p2"), "m2", mat)]
  const ann = "Aura Sensor V2 Ann"

  it("is each mat's own, and anyone's since the first lay down", () => {
    const home = describing({
      persons,
      devices,
      presences: [
        bed(PersonId("p1"), DeviceId("m1"), true, now - 8 * hour),
        bed(PersonId("p2"), DeviceId("m2"), true, now - 7 * hour),
      ],
    })
    expect(home.reading(ann, "in-bed")).toEqual({ value: 1, at: now - 8 * hour, stale: false })
    expect(home.reading("Household", "anyone-in-bed")).toEqual({ value: 1, at: now - 8 * hour, stale: false })
  })

  it("ends with the night when the webhook of getting up never came", () => {
    const night = { source: "night", deviceId: DeviceId("m1"), group: GroupId("n"), at: now - hour } as const
    const home = describing({
      persons,
      devices,
      presences: [bed(PersonId("p1"), DeviceId("m1"), true, now - 8 * hour)],
      latest: [measure(PersonId("p1"), "sleep-score", 80, night)],
    })
    expect(home.reading(ann, "in-bed")).toEqual({ value: 0, at: now - hour, stale: false })
    expect(home.reading("Household", "anyone-in-bed")?.value).toBe(0)
  })

  it("is stale after 18 hours in bed, and then says nothing for the household", () => {
    const home = describing({
      persons,
      devices,
      presences: [
        bed(PersonId("p1"), DeviceId("m1"), true, now - 19 * hour),
        bed(PersonId("p2"), DeviceId("m2"), false, now - 400 * hour),
      ],
    })
    expect(home.reading(ann, "in-bed")?.stale).toBe(true)
    expect(home.reading("Household", "anyone-in-bed")).toEqual({
      value: 0,
      at: now - 400 * hour,
      stale: false,
    })
  })

  it("of a mat that is left out counts for no household, and no name changes", () => {
    const presences = [
      bed(PersonId("p1"), DeviceId("m1"), true, now - 8 * hour),
      bed(PersonId("p2"), DeviceId("m2"), false, now - 7 * hour),
    ]
    const all = describing({ persons, devices, presences })
    const leftOut = new Set([all.named(ann).id])
    const home = describing({ persons, devices, presences, leftOut })
    expect(home.names).toEqual(all.names)
    expect(all.reading("Household", "anyone-in-bed")?.value).toBe(1)
    expect(home.reading("Household", "anyone-in-bed")?.value).toBe(0)
    leftOut.add(all.named("Aura Sensor V2 Bob").id)
    expect(describing({ persons, devices, presences, leftOut }).names).not.toContain("Household")
  })
})
