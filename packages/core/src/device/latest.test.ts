import { expect, it } from "vitest"
import { DeviceId } from "../measure/Device.ts"
import { type Measure, GroupId } from "../measure/Measure.ts"
import { PersonId } from "../measure/Person.ts"
import { newest, newestByFeature } from "./latest.ts"

const measure = (more: Partial<Measure>): Measure => ({
  personId: PersonId("p"),
  source: "getmeas",
  group: GroupId("1"),
  kind: "weight",
  position: null,
  at: 100,
  value: 70,
  deviceId: DeviceId("d"),
  attribution: "device",
  modified: 100,
  ...more,
})

it("takes the newest, at one moment the one changed last, and is never undecided", () => {
  const early = measure({ at: 99, modified: 900 })
  const first = measure({ value: 71 })
  const second = measure({ group: GroupId("2") })
  const changed = measure({ modified: 101, value: 72 })
  expect(newest([early, changed, first, second])).toBe(changed)
  expect(newest([early, first, second])).toBe(second)
  expect(newest([second, first, early])).toBe(second)
  expect(newestByFeature([second, first]).get("weight")).toBe(newestByFeature([first, second]).get("weight"))
})
