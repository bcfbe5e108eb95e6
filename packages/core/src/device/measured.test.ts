import { describe, expect, it } from "vitest"
import { type Device, DeviceId } from "../measure/Device.ts"
import { type Measure, GroupId } from "../measure/Measure.ts"
import { PersonId } from "../measure/Person.ts"
import { deviceDescriptorId, personDescriptorId } from "./attribution.ts"
import { batteryPercent } from "./batteryPercent.ts"
import { toMeasuredEvents } from "./measured.ts"
import { unsureWeighings } from "./unsureWeighings.ts"

const scale: Device = {
  personId: PersonId("p1"),
  id: DeviceId("scale"),
  type: "Scale",
  model: "Body+",
  modelId: 5,
  battery: null,
  timezone: null,
  firstSession: null,
  lastSession: null,
  linked: true,
}
const measure = (kind: Measure["kind"], more: Partial<Measure> = {}): Measure => ({
  personId: PersonId("p1"),
  source: "getmeas",
  group: GroupId("7"),
  kind,
  position: null,
  at: 100,
  value: 1,
  deviceId: DeviceId("scale"),
  attribution: "device",
  modified: 100,
  ...more,
})

describe("measured events", () => {
  it("come one for each group, oldest first, at the descriptor that shows the measure", () => {
    const typedIn = measure("weight", { group: GroupId("6"), at: 50, deviceId: null, attribution: "manual" })
    const events = toMeasuredEvents([measure("weight"), measure("fat-ratio"), typedIn], [scale])
    expect(events).toEqual([
      {
        descriptorId: personDescriptorId(PersonId("p1")),
        personId: "p1",
        deviceId: null,
        group: GroupId("getmeas:6"),
        at: 50,
        kinds: ["weight"],
      },
      {
        descriptorId: deviceDescriptorId(PersonId("p1"), DeviceId("scale")),
        personId: "p1",
        deviceId: "scale",
        group: GroupId("getmeas:7"),
        at: 100,
        kinds: ["fat-ratio", "weight"],
      },
    ])
  })

  it("come once for an electrocardiogram, which Withings lists twice, and for sounds that it lists once", () => {
    const listed = { source: "heart", group: GroupId("900") } as const
    const events = toMeasuredEvents(
      [
        measure("afib-ecg"),
        measure("qrs"),
        measure("afib-ecg", listed),
        measure("ecg-heart-rate", listed),
        measure("valve-disease", { source: "heart", group: GroupId("901"), at: 200 }),
      ],
      [scale],
    )
    expect(events.map(({ group, kinds }) => [group, kinds])).toEqual([
      ["getmeas:7", ["afib-ecg", "qrs"]],
      ["heart:901", ["valve-disease"]],
    ])
  })

  it("do not come from counters, goals and ambiguous weighings", () => {
    const none = [
      measure("steps", { source: "day" }),
      measure("goal-steps", { source: "goal" }),
      measure("weight", { attribution: "ambiguous" }),
    ]
    expect(toMeasuredEvents(none, [scale])).toEqual([])
  })
})

describe("ambiguous weighings", () => {
  it("collect the possible persons, including one who claimed it", () => {
    const both = [
      measure("weight", { personId: PersonId("p2"), attribution: "ambiguous" }),
      measure("weight", { attribution: "claimed" }),
    ]
    const [weighing] = unsureWeighings([...both, measure("weight", { personId: PersonId("p3") })])
    expect(weighing).toMatchObject({ deviceId: "scale", at: 100, personIds: ["p1", "p2"] })
  })
})

describe("battery", () => {
  it("is within the band of its level", () => {
    expect([3, 2, 1].map(batteryPercent)).toEqual([100, 50, 20])
    expect(batteryPercent(0)).toBeNull()
  })
})
