import { describe, expect, it } from "vitest"
import { type DeviceDescriptor, DescriptorId } from "../device/DeviceDescriptor.ts"
import { inBedFeature } from "../device/toFeature.ts"
import { DeviceId } from "../measure/Device.ts"
import { PersonId } from "../measure/Person.ts"
import { type BedChoices, noBedChoices } from "./BedChoices.ts"
import { settleBeds, withDelay } from "./delayedBeds.ts"
import type { Held } from "./Held.ts"

const mat = (inBed: number, at: number): DeviceDescriptor => ({
  id: DescriptorId("mat"),
  deviceClass: "sleep-monitor",
  personId: PersonId("ann"),
  personName: "Ann",
  deviceId: DeviceId("m"),
  manufacturer: "Withings",
  model: "Sleep",
  name: "Sleep Ann",
  availability: "available",
  features: [inBedFeature({ value: inBed, at, stale: false })],
})

const choices: BedChoices = { ...noBedChoices, occupiedAfter: 60, clearAfter: 300 }

type Step = readonly [number, number, number]

/** What homes are told at each moment: [now, what the mat says, since when]. */
const told = (...course: ReadonlyArray<Step>) => {
  let held: ReadonlyMap<string, Held> = new Map()
  return course.map(([now, inBed, at]) => {
    // A restart in between: nothing but what is kept.
    held = new Map(JSON.parse(JSON.stringify([...settleBeds(held, [mat(inBed, at)], choices, now).states])))
    return withDelay(held, choices)(mat(inBed, at)).features[0]?.reading
  })
}
const values = (...course: ReadonlyArray<Step>) => told(...course).map((reading) => reading?.value)

describe("a bed with delays", () => {
  it("is occupied only after a minute, clear only after five, whatever restarts", () => {
    expect(
      values(
        [1000, 0, 0],
        [2000, 1, 2000],
        [2059, 1, 2000],
        [2060, 1, 2000],
        [3000, 0, 3000],
        [3299, 0, 3000],
        [3300, 0, 3000],
      ),
    ).toEqual([0, 0, 0, 1, 1, 1, 0])
  })

  it("ignores a short visit to the bathroom, and a cat", () => {
    expect(values([1000, 1, 0], [2000, 0, 2000], [2100, 1, 2100], [2500, 1, 2100])).toEqual([1, 1, 1, 1])
    expect(values([1000, 0, 0], [2000, 1, 2000], [2030, 0, 2030], [2100, 0, 2030])).toEqual([0, 0, 0, 0])
  })

  it("is clear at once when nothing was known of it", () => {
    expect(values([1000, 0, 1000], [1001, 1, 1001], [1061, 1, 1001])).toEqual([0, 0, 1])
  })

  it("settles changes from while no process ran, with their own time", () => {
    expect(told([1000, 0, 0], [9000, 1, 5000])[1]).toEqual({ value: 1, at: 5060, stale: false })
  })

  it("is unknown until its state is settled, so that no home shows it before its delay", () => {
    expect(withDelay(new Map(), choices)(mat(1, 5)).features[0]?.reading).toBeNull()
    const unknown = new Map([["bed mat 60/300", { value: null, since: 0, otherwiseSince: null }]])
    expect(withDelay(unknown, choices)(mat(1, 5)).features[0]?.reading).toBeNull()
  })
})
