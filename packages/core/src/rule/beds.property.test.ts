import * as fc from "effect/FastCheck"
import { describe as suite, expect, it } from "vitest"
import { describe, type Known } from "../device/describe.ts"
import type { DeviceDescriptor } from "../device/DeviceDescriptor.ts"
import { shownReading } from "../device/shownBed.ts"
import type { Device } from "../measure/Device.ts"
import type { Person } from "../measure/Person.ts"
import type { Presence } from "../measure/Presence.ts"
import { type BedChoices, bedUnknowns } from "./BedChoices.ts"
import { settleBeds } from "./delayedBeds.ts"
import type { Held } from "./Held.ts"

const begin = 1_795_248_000
const names = ["Ann", "Ben"] as const
const standing = { state: "signed-in", since: 0, lastSuccess: null, nextTry: null, reason: null } as const
const persons = names.map((name): Person => ({
  id: name,
  name,
  withingsUserId: name,
  standing,
  timezone: "Europe/Paris",
}))
/** Ann has two mats, Ben has one. */
const mats = [
  ["Ann", "home"],
  ["Ann", "hut"],
  ["Ben", "home-2"],
] as const
const devices = mats.map(([personId, id], place): Device => ({
  personId,
  id,
  type: "Sleep Monitor",
  model: "Sleep",
  modelId: 63,
  battery: null,
  timezone: null,
  firstSession: begin - 1000,
  lastSession: null,
  linked: true,
  place,
}))

const seconds = fc.constantFrom(0, 1, 30, 300)
const own = fc.record(
  {
    bed: fc.constantFrom("Ann", "Ben", "Sleep Ann 2", "anyone"),
    occupiedAfter: seconds,
    clearAfter: seconds,
    unknown: fc.constantFrom(...bedUnknowns),
  },
  { requiredKeys: ["bed"] },
)
const choices: fc.Arbitrary<BedChoices> = fc.record({
  occupiedAfter: seconds,
  clearAfter: seconds,
  unknown: fc.constantFrom(...bedUnknowns),
  own: fc.uniqueArray(own, { selector: ({ bed }) => bed, maxLength: 4 }),
})

/** Somebody lies down or gets up; or nothing happens but that time passes. */
const step = fc.record({
  wait: fc.constantFrom(0, 1, 29, 30, 31, 300, 5000, 70_000, 140_000),
  move: fc.option(fc.record({ mat: fc.constantFrom(0, 1, 2), inBed: fc.boolean() })),
  restart: fc.boolean(),
})
type Step = typeof step extends fc.Arbitrary<infer A> ? A : never

interface Look {
  readonly now: number
  readonly mats: ReadonlyArray<DeviceDescriptor>
  readonly told: ReadonlyArray<DeviceDescriptor>
}

/** What is told after each step, by an app that looks whenever a delay ends, and is restarted now and then. */
const live = (choices: BedChoices, steps: ReadonlyArray<Step>): ReadonlyArray<Look> => {
  let presences: ReadonlyArray<Presence> = []
  let held: ReadonlyMap<string, Held> = new Map()
  let now = begin
  const known = (): Known => ({ persons, devices, latest: [], presences, now })
  const look = (): number | null => {
    const settled = settleBeds(held, describe({ ...known(), beds: { choices } }), choices, now)
    held = new Map([...held, ...settled.states])
    return settled.due
  }
  return steps.map(({ move, restart, wait }) => {
    const end = now + wait
    for (let due = look(); due !== null && due <= end; due = look()) now = Math.max(now, due)
    now = end
    if (move !== null) {
      const [personId = "", deviceId = ""] = mats[move.mat] ?? []
      const next: Presence = { personId, deviceId, inBed: move.inBed, at: now, source: "webhook" }
      presences = [...presences.filter((one) => one.deviceId !== deviceId), next]
    }
    if (restart) held = new Map(JSON.parse(JSON.stringify([...held])))
    look()
    return {
      now,
      mats: describe({ ...known(), beds: { choices } }),
      told: describe({ ...known(), beds: { choices, held } }),
    }
  })
}

const reading = (descriptors: ReadonlyArray<DeviceDescriptor>, name: string) =>
  descriptors.find((one) => one.name === name)?.features.find(({ nature }) => nature === "presence")
    ?.reading ?? null

/** As the documentation says it: the device's own, else the person's own, else the one of all. */
const delayOf = (choices: BedChoices, name: string, key: "occupiedAfter" | "clearAfter"): number => {
  const person = name.includes("Ann") ? "Ann" : "Ben"
  const found = [name, person].map((bed) => choices.own.find((one) => one.bed === bed)?.[key])
  return found.find((one) => one !== undefined) ?? choices[key]
}
const beds = ["Sleep Ann", "Sleep Ann 2", "Sleep Ben"]

const always = (check: (choices: BedChoices, looks: ReadonlyArray<Look>) => void) =>
  fc.assert(
    fc.property(choices, fc.array(step, { maxLength: 25 }), (choices, steps) =>
      check(choices, live(choices, steps)),
    ),
    { numRuns: 400 },
  )

suite("beds of any household, whoever lies down and whatever restarts", () => {
  it("are told as the mat says once that was so for their own delay, and not before", () => {
    always((choices, looks) => {
      for (const { mats, now, told } of looks)
        for (const name of beds) {
          const [raw, shown] = [reading(mats, name), reading(told, name)]
          if (raw === null) {
            expect(shown).toBeNull()
            continue
          }
          const delay = delayOf(choices, name, raw.value === 1 ? "occupiedAfter" : "clearAfter")
          const lasted = now - raw.at >= delay
          const others = delayOf(choices, name, raw.value === 1 ? "clearAfter" : "occupiedAfter")
          if (lasted || others + delay === 0) expect(shown?.value).toBe(raw.value)
          else if (shown !== null && shown.value === raw.value)
            // It was told before, and the opposite did not last long enough in between.
            expect(shown.at).toBeLessThanOrEqual(raw.at)
        }
    })
  })

  it("leave anyone in bed exactly while somebody is told to be, unless that has delays of its own", () => {
    always((choices, looks) => {
      const ownOfAll = choices.own.find(({ bed }) => bed === "anyone")
      if (ownOfAll?.occupiedAfter !== undefined || ownOfAll?.clearAfter !== undefined) return
      for (const { told } of looks) {
        const fresh = beds.flatMap((name) => reading(told, name) ?? []).filter(({ stale }) => !stale)
        if (fresh.length === 0) continue
        expect(reading(told, "Household")?.value).toBe(fresh.some(({ value }) => value === 1) ? 1 : 0)
      }
    })
  })

  it("leave anyone in bed with delays of its own by those alone", () => {
    always((choices, looks) => {
      const ownOfAll = choices.own.find(({ bed }) => bed === "anyone")
      if (ownOfAll?.occupiedAfter === undefined && ownOfAll?.clearAfter === undefined) return
      for (const { mats, now, told } of looks) {
        const raw = reading(mats, "Household")
        if (raw === null || raw.stale) continue
        const delay =
          raw.value === 1
            ? (ownOfAll.occupiedAfter ?? choices.occupiedAfter)
            : (ownOfAll.clearAfter ?? choices.clearAfter)
        if (now - raw.at >= delay) expect(reading(told, "Household")?.value).toBe(raw.value)
      }
    })
  })

  it("are shown as the household chose while nothing is known of them, and as they are otherwise", () => {
    always((choices, looks) => {
      for (const { now, told } of looks)
        for (const { features, name, personName } of told) {
          const feature = features.find(({ nature }) => nature === "presence")
          if (feature === undefined) continue
          const shown = shownReading(feature)
          const called = personName === null ? ["anyone"] : [name, personName]
          const ownUnknown = called.map((bed) => choices.own.find((one) => one.bed === bed)?.unknown)
          const unknown = ownUnknown.find((one) => one !== undefined) ?? choices.unknown
          if (feature.reading !== null && !feature.reading.stale) expect(shown).toBe(feature.reading)
          else {
            const last = feature.reading?.value ?? null
            expect(shown?.value ?? null).toBe(
              { unknown: last === 0 ? 0 : null, clear: 0, last, occupied: 1 }[unknown],
            )
            expect(shown === null || (shown.stale && shown.at <= now)).toBe(true)
          }
        }
    })
  })
})
