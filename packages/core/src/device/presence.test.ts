import { describe, expect, it } from "vitest"
import { DeviceId } from "../measure/Device.ts"
import type { Presence } from "../measure/Presence.ts"
import { type Measure, GroupId } from "../measure/Measure.ts"
import { PersonId } from "../measure/Person.ts"
import { holdingPresence, presencesOfNights } from "./presence.ts"
import { isStalePresence } from "./stale.ts"

const told = (inBed: boolean, at: number, source: Presence["source"] = "webhook"): Presence => ({
  personId: PersonId("p"),
  deviceId: DeviceId("m"),
  inBed,
  at,
  source,
})

describe("the presence that holds", () => {
  it("is the newest by the moment of the change, whatever came last", () => {
    expect(holdingPresence([told(false, 20), told(true, 10)])).toEqual(told(false, 20))
    expect(holdingPresence([])).toBeNull()
  })

  it("at one moment believes the night first, then out of bed", () => {
    expect(holdingPresence([told(true, 10), told(false, 10, "night")])?.source).toBe("night")
    expect(holdingPresence([told(false, 10), told(true, 10)])?.inBed).toBe(false)
    expect(holdingPresence([told(true, 10), told(false, 10)])?.inBed).toBe(false)
  })

  it("lying down again after the night's end is in bed again", () => {
    expect(holdingPresence([told(true, 30), told(false, 20, "night")])?.inBed).toBe(true)
  })

  it("goes stale by what can still be known", () => {
    const hour = 3600
    expect(isStalePresence(told(true, 0), 18 * hour)).toBe(false)
    expect(isStalePresence(told(true, 0), 18 * hour + 1)).toBe(true)
    expect(isStalePresence(told(false, 0), 1000 * hour)).toBe(false)
    expect(isStalePresence(told(false, 0, "night"), 37 * hour)).toBe(true)
  })
})

describe("presences of nights", () => {
  const measure = (kind: Measure["kind"], at: number, value = 0, group = "1"): Measure => ({
    personId: PersonId("p"),
    source: "night",
    group: GroupId(group),
    kind,
    position: null,
    at,
    value,
    deviceId: DeviceId("m"),
    attribution: "device",
    modified: at,
  })

  it("is the last move that was seen, whatever the night's end", () => {
    const night = [measure("sleep-score", 100), measure("sleep-bed-move", 80, 0)]
    expect(presencesOfNights(night)).toEqual([told(false, 80, "night")])
    // Back in bed by webhook before the night's end: still there.
    expect(holdingPresence([...presencesOfNights(night), told(true, 90)])?.inBed).toBe(true)
    expect(presencesOfNights([measure("sleep-bed-move", 90, 1)])).toEqual([told(true, 90, "night")])
  })

  it("is the end of a night without moves, even if another night has some", () => {
    const both = [measure("sleep-bed-move", 80), measure("sleep-score", 300, 70, "2")]
    expect(holdingPresence(presencesOfNights(both))).toEqual(told(false, 300, "night"))
    expect(presencesOfNights([{ ...measure("weight", 5), source: "getmeas" }])).toEqual([])
  })
})
