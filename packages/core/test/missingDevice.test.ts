import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { HouseholdFeed } from "../src/HouseholdFeed.ts"
import { type Device, DeviceId } from "../src/measure/Device.ts"
import type { PersonId } from "../src/measure/Person.ts"
import { HouseholdStore } from "../src/store/HouseholdStore.ts"
import { PersonStore } from "../src/withings/account/PersonStore.ts"
import { atTime } from "./atTime.ts"
import { onEveryStore } from "./postgres.ts"
import { signedIn } from "./signedIn.ts"
import { unhurriedServices } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

const day = 86_400
const start = 1_795_248_000

const deviceOf = (personId: PersonId, id: string): Device => ({
  personId,
  id: DeviceId(id),
  type: "Scale",
  model: "Body+",
  modelId: 5,
  battery: "high",
  timezone: "Europe/Paris",
  firstSession: 1_700_000_000,
  lastSession: start,
  linked: true,
})

await onEveryStore((store) => {
  describe("a device that Withings no longer lists", () => {
    it.live("stays in every home for the days it is kept, then goes, and is back once it is listed", () =>
      Effect.gen(function* () {
        const config = configFor("http://127.0.0.1:9", { ...(yield* store.newStore), keepMissingDays: 3 })
        yield* Effect.gen(function* () {
          const { id } = yield* (yield* PersonStore).keep(signedIn("7", "Ann"))
          const household = yield* HouseholdStore
          const feed = yield* HouseholdFeed
          const [first, second] = [deviceOf(id, "first"), deviceOf(id, "second")]
          const listed = (at: number, devices: ReadonlyArray<Device>) =>
            atTime(start + at)(household.keepDevices(id, devices))
          const shown = (at: number) =>
            Effect.map(atTime(start + at)(feed.current), ({ descriptors }) =>
              descriptors.flatMap(({ availability, deviceId }) =>
                deviceId === null ? [] : [`${deviceId} ${availability}`],
              ),
            )
          const all = ["first available", "second available"]

          yield* listed(0, [first, second])
          assert.deepStrictEqual(yield* shown(0), all)
          yield* listed(day, [first])
          assert.deepStrictEqual(yield* shown(day), ["first available", "second missing"])
          assert.deepStrictEqual(yield* shown(4 * day - 1), ["first available", "second missing"])
          assert.deepStrictEqual(yield* shown(4 * day), ["first available", "second unlinked"])
          // Listed as missing again and again, it has been missing since the first time.
          yield* listed(2 * day, [first])
          assert.deepStrictEqual(yield* shown(4 * day), ["first available", "second unlinked"])
          yield* listed(5 * day, [first, second])
          assert.deepStrictEqual(yield* shown(5 * day), all)
        }).pipe(Effect.provide(Layer.provideMerge(PersonStore.layer, unhurriedServices(config))))
      }),
    )
  })
})
