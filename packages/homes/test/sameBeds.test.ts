import * as fc from "effect/FastCheck"
import { describe as suite, expect, it } from "vitest"
import {
  type Home,
  type Household,
  readPart,
  PersonId,
  DeviceId,
  DescriptorId,
  Revision,
} from "@withings-bridge/core"
import { homebridge } from "homebridge-withings/home"
import { gladys } from "withings-gladys/home"
import { matter } from "withings-matter/home"
import { describe } from "../../core/src/device/describe.ts"
import type { Device } from "../../core/src/measure/Device.ts"
import type { Person } from "../../core/src/measure/Person.ts"
import type { Presence } from "../../core/src/measure/Presence.ts"
import { type BedChoices, bedUnknowns } from "../../core/src/rule/BedChoices.ts"
import { settleBeds } from "../../core/src/rule/delayedBeds.ts"

const now = 1_795_248_000
const ids = [PersonId("ann"), PersonId("ben")]
const standing = { state: "signed-in", since: 0, lastSuccess: null, nextTry: null, reason: null } as const
const persons = ids.map((id): Person => ({ id, name: id, withingsUserId: id, standing, timezone: null }))
const mat = (personId: PersonId): Device => ({
  personId,
  id: DeviceId(`mat of ${personId}`),
  type: "Sleep Monitor",
  model: "Sleep",
  modelId: 63,
  battery: null,
  timezone: null,
  firstSession: 1,
  lastSession: null,
  linked: true,
})

const presence = (personId: PersonId): fc.Arbitrary<Presence> =>
  fc.record({
    personId: fc.constant(personId),
    deviceId: fc.constant(DeviceId(`mat of ${personId}`)),
    inBed: fc.boolean(),
    at: fc.integer({ min: now - 200_000, max: now }),
    source: fc.constantFrom("webhook", "night"),
  })
const seconds = fc.constantFrom(0, 60, 3600)
const unknown = fc.constantFrom(...bedUnknowns)
const choices: fc.Arbitrary<BedChoices> = fc.record({
  occupiedAfter: seconds,
  clearAfter: seconds,
  unknown,
  own: fc.uniqueArray(
    fc.record({ bed: fc.constantFrom("ann", "Sleep ben", "anyone"), unknown, occupiedAfter: seconds }),
    { selector: ({ bed }) => bed },
  ),
})

const household = fc
  .tuple(choices, fc.tuple(...ids.map((id) => fc.option(presence(id)))))
  .map(([choices, told]): Household => {
    const presences = told.flatMap((one) => one ?? [])
    const known = { persons, devices: ids.map(mat), latest: [], presences, now }
    const held = settleBeds(new Map(), describe({ ...known, beds: { choices } }), choices, now).states
    const descriptors = describe({ ...known, beds: { choices, held } })
    return { revision: Revision(1), persons, values: "essential", descriptors, leftOut: [] }
  })

const settingsOf = <Settings>(home: Home<Settings>): Settings =>
  readPart(home, { folder: "/nowhere", env: {} }).settings

/** What each home shows of each bed, by the id of its descriptor: 1, 0, or null for unknown. */
const inAppleHome = (household: Household) =>
  new Map(
    homebridge
      .plan(household, settingsOf(homebridge), now)
      .flatMap(({ id, services }) =>
        services.flatMap(({ characteristics }) =>
          characteristics.flatMap(({ type, value }) =>
            type === "OccupancyDetected" ? [[id, value] as const] : [],
          ),
        ),
      ),
  )
const inGladys = (household: Household) =>
  new Map(
    gladys
      .plan(household, settingsOf(gladys), now)
      .flatMap(({ external_id, features }) =>
        features
          .filter((feature) => feature.external_id.endsWith("in-bed"))
          .map(({ last_value }) => [external_id.split(":")[1] ?? "", last_value] as const),
      ),
  )
/** With whether the bed is reachable: Matter has no unknown bed. */
const inMatter = (household: Household) =>
  new Map(
    matter.plan(household, settingsOf(matter), now).endpoints.flatMap(({ device, id, live }) =>
      device === "occupancy-sensor"
        ? [
            [
              id.slice(0, 24),
              {
                occupancy: live["occupancySensing"]?.["occupancy"],
                reachable: live["bridgedDeviceBasicInformation"]?.["reachable"],
              },
            ] as const,
          ]
        : [],
    ),
  )

suite("the beds of any household", () => {
  it("are shown alike in Apple Home, Matter and Gladys, known or not", () => {
    fc.assert(
      fc.property(household, (household) => {
        const apple = inAppleHome(household)
        expect(apple.size).toBe(3)
        expect(inGladys(household)).toEqual(apple)
        const readings = new Map(
          household.descriptors.map(({ features, id }) => [
            id,
            features.find(({ nature }) => nature === "presence")?.reading,
          ]),
        )
        const isKnown = (id: string) => readings.get(DescriptorId(id))?.stale === false
        expect(inMatter(household)).toEqual(
          new Map(
            [...apple].map(([id, value]) => [
              id,
              { occupancy: { occupied: value === 1 }, reachable: isKnown(id) },
            ]),
          ),
        )
      }),
      { numRuns: 300 },
    )
  })
})
