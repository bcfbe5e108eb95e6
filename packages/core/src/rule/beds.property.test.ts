import * as fc from "effect/FastCheck"
import { describe as suite, expect, it } from "vitest"
import { describe, type Known } from "../device/describe.ts"
import type { DeviceDescriptor } from "../device/DeviceDescriptor.ts"
import { shownReading } from "../device/shownBed.ts"
import { type Device, DeviceId } from "../measure/Device.ts"
import { type Person, PersonId } from "../measure/Person.ts"
import type { Presence } from "../measure/Presence.ts"
import { type BedChoices, bedUnknowns } from "./BedChoices.ts"
import { settleBeds } from "./delayedBeds.ts"
import type { Held } from "./Held.ts"

const begin = 1_795_248_000
const names = ["Ann", "Ben"] as const
const standing = { state: "signed-in", since: 0, lastSuccess: null, nextTry: null, reason: null } as const
const persons = names.map((name): Person => ({
  id: PersonId(name),
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
/** How they are called. */
const beds = ["Sleep Ann", "Sleep Ann 2", "Sleep Ben"]
const devices = mats.map(([personId, id], place): Device => ({
  personId: PersonId(personId),
  id: DeviceId(id),
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
  /** Since when each mat says what it says now. */
  readonly since: ReadonlyMap<string, number>
}

/** What is told after each step, by an app that looks whenever a delay ends, and is restarted now and then. */
const live = (choices: BedChoices, steps: ReadonlyArray<Step>): ReadonlyArray<Look> => {
  let presences: ReadonlyArray<Presence> = []
  let held: ReadonlyMap<string, Held> = new Map()
  let since: ReadonlyMap<string, number> = new Map()
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
      const before = presences.find((one) => one.deviceId === deviceId)
      if (before?.inBed !== move.inBed) since = new Map([...since, [beds[move.mat] ?? "", now]])
      const next: Presence = {
        personId: PersonId(personId),
        deviceId: DeviceId(deviceId),
        inBed: move.inBed,
        at: now,
        source: "webhook",
      }
      presences = [...presences.filter((one) => one.deviceId !== deviceId), next]
    }
    if (restart) held = new Map(JSON.parse(JSON.stringify([...held])))
    look()
    return {
      now,
      since,
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

/** A household and a course of things in which something is not told as the check says; null: there is none. */
const counterexample = (isAsSaid: (choices: BedChoices, look: Look) => boolean) =>
  fc.check(
    fc.property(choices, fc.array(step, { maxLength: 25 }), (choices, steps) =>
      live(choices, steps).every((look) => isAsSaid(choices, look)),
    ),
    { numRuns: 200 },
  ).counterexample

/** What is written for "anyone" alone. */
const ofAnyone = ({ own }: BedChoices) => {
  const { clearAfter, occupiedAfter } = own.find(({ bed }) => bed === "anyone") ?? {}
  return occupiedAfter === undefined && clearAfter === undefined ? null : { clearAfter, occupiedAfter }
}

const toldInTime = (choices: BedChoices, { mats, now, since, told }: Look, name: string): boolean => {
  const [raw, shown] = [reading(mats, name), reading(told, name)]
  if (raw === null) return shown === null
  const [on, off] = [delayOf(choices, name, "occupiedAfter"), delayOf(choices, name, "clearAfter")]
  const begun = since.get(name) ?? now
  if (now - begun >= (raw.value === 1 ? on : off)) return shown?.value === raw.value
  // It says so only if it said so before the mat did, and the opposite did not last long enough in between.
  return shown === null || shown.value !== raw.value || shown.at <= begun
}

suite("beds of any household, whoever lies down and whatever restarts", () => {
  it("follow the mat after their own delay, and not before", () => {
    const found = counterexample((choices, look) => beds.every((name) => toldInTime(choices, look, name)))
    expect(found).toBeNull()
  })

  it("make anyone in bed exactly while a bed is shown as occupied, unless that has its own delays", () => {
    const found = counterexample((choices, { told }) => {
      const fresh = beds.flatMap((name) => reading(told, name) ?? []).filter(({ stale }) => !stale)
      if (ofAnyone(choices) !== null || fresh.length === 0) return true
      return reading(told, "Household")?.value === (fresh.some(({ value }) => value === 1) ? 1 : 0)
    })
    expect(found).toBeNull()
  })

  it("make anyone in bed with its own delays follow those alone", () => {
    const found = counterexample((choices, { mats, now, told }) => {
      const [own, raw] = [ofAnyone(choices), reading(mats, "Household")]
      if (own === null || raw === null || raw.stale) return true
      const { clearAfter = choices.clearAfter, occupiedAfter = choices.occupiedAfter } = own
      const isTime = now - raw.at >= (raw.value === 1 ? occupiedAfter : clearAfter)
      return !isTime || reading(told, "Household")?.value === raw.value
    })
    expect(found).toBeNull()
  })

  it("are shown as the household chose while nothing is known of them, and as they are otherwise", () => {
    const found = counterexample((choices, { now, told }) =>
      told.every(({ features, name, personName }) => {
        const feature = features.find(({ nature }) => nature === "presence")
        if (feature === undefined) return true
        const shown = shownReading(feature)
        if (feature.reading?.stale === false) return shown === feature.reading
        const own = (personName === null ? ["anyone"] : [name, personName])
          .map((bed) => choices.own.find((one) => one.bed === bed)?.unknown)
          .find((unknown) => unknown !== undefined)
        const last = feature.reading?.value ?? null
        const wanted = { unknown: last === 0 ? 0 : null, clear: 0, last, occupied: 1 }
        return (
          (shown?.value ?? null) === wanted[own ?? choices.unknown] &&
          (shown === null || (shown.stale && shown.at <= now))
        )
      }),
    )
    expect(found).toBeNull()
  })
})
