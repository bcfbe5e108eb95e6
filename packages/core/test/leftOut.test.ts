import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Layer, Queue } from "effect"
import { BridgeConfig } from "../src/BridgeConfig.ts"
import { diff } from "../src/device/diff.ts"
import type { HouseholdChange } from "../src/device/Household.ts"
import { HouseholdFeed } from "../src/HouseholdFeed.ts"
import { type Device, DeviceId } from "../src/measure/Device.ts"
import { GroupId } from "../src/measure/Measure.ts"
import type { PersonId } from "../src/measure/Person.ts"
import { HouseholdStore } from "../src/store/HouseholdStore.ts"
import { layerStore } from "../src/store/Database.ts"
import { LeftOut } from "../src/store/LeftOut.ts"
import { MeasureStore } from "../src/store/MeasureStore.ts"
import { PersonStore } from "../src/withings/account/PersonStore.ts"
import { onEveryStore } from "./postgres.ts"
import { signedIn } from "./signedIn.ts"
import { configFor } from "./withingsLayer.ts"

/** One process of those that share a store, without any sync. */
const processOn = (config: BridgeConfig) =>
  HouseholdFeed.layer.pipe(
    Layer.provideMerge(
      Layer.mergeAll(MeasureStore.layer, HouseholdStore.layer, LeftOut.layer, PersonStore.layer),
    ),
    Layer.provideMerge(layerStore(config)),
    Layer.provideMerge(BridgeConfig.layer(config)),
    Layer.fresh,
    Layer.build,
  )

const scaleOf = (personId: PersonId): Device => ({
  personId,
  id: DeviceId("scale"),
  type: "Scale",
  model: "Body+",
  modelId: 5,
  battery: "high",
  timezone: "Europe/Paris",
  firstSession: 1000,
  lastSession: 2000,
  linked: true,
})

/** Signs Ann and Ben in; they share a scale. */
const household = Effect.gen(function* () {
  const persons = yield* PersonStore
  const store = yield* HouseholdStore
  const ann = yield* persons.keep(signedIn("7", "Ann"))
  const ben = yield* persons.keep(signedIn("8", "Ben"))
  for (const { id } of [ann, ben]) yield* store.keepDevices(id, [scaleOf(id)])
  return { ann, ben }
})

const weigh = (personId: PersonId, value: number, at: number) =>
  Effect.flatMap(MeasureStore, (measures) =>
    measures.keep({
      personId,
      source: "getmeas",
      firstHistory: false,
      measures: [
        {
          personId,
          source: "getmeas",
          group: GroupId(String(at)),
          kind: "weight",
          position: null,
          at,
          value,
          deviceId: DeviceId("scale"),
          attribution: "device",
          modified: at,
        },
      ],
    }),
  )

await onEveryStore((store) => {
  describe("a device that is left out", () => {
    it.live(
      "goes from the homes of every process with its events, is synced on, and comes back as it was",
      () =>
        Effect.gen(function* () {
          const config = configFor("http://127.0.0.1:9", yield* store.newStore)
          const [page, app] = [yield* processOn(config), yield* processOn(config)]
          const { ann, ben } = yield* Effect.provide(household, page)
          const { add, leaveOut } = Context.get(page, LeftOut)

          const changes = yield* Queue.unbounded<HouseholdChange>()
          yield* Effect.forkScoped(
            Context.get(app, HouseholdFeed).follow("home", (change) => Queue.offer(changes, change)),
          )
          const told = (until: (change: HouseholdChange) => boolean) =>
            Queue.take(changes).pipe(Effect.repeat({ until }), Effect.timeout("60 seconds"))

          const before = (yield* told((change) => change.household.descriptors.length === 2)).household
          const scale = before.descriptors.find(({ personId }) => personId === ann.id)
          if (scale === undefined) return assert.fail("Ann has no scale")

          yield* leaveOut(scale.id)
          const without = (yield* told(({ household }) => household.leftOut.length === 1)).household
          const gone = diff(before.descriptors, without.descriptors)
          assert.deepStrictEqual(gone, { added: [], removed: [scale], changed: [] })
          assert.deepStrictEqual(without.leftOut, [scale])

          yield* Effect.provide(weigh(ann.id, 61, 3000), page)
          yield* Effect.provide(weigh(ben.id, 82, 3001), page)
          const events: Array<string> = []
          const weighed = yield* told((change) => {
            events.push(...change.measured.map(({ personId }) => personId))
            return events.includes(ben.id)
          })
          assert.deepStrictEqual(events, [ben.id])
          const weightOf = (descriptor = weighed.household.leftOut[0]) =>
            descriptor?.features.find(({ key }) => key === "weight")?.reading?.value
          assert.strictEqual(weightOf(), 61)

          yield* Effect.provide(household, page)
          const restarted = yield* Effect.provide(
            Effect.flatMap(HouseholdFeed, (feed) => feed.current),
            yield* processOn(config),
          )
          assert.deepStrictEqual(
            restarted.leftOut.map(({ id }) => id),
            [scale.id],
          )

          yield* add(scale.id)
          const again = yield* told(({ household }) => household.leftOut.length === 0)
          assert.deepStrictEqual(again.measured, [])
          const back = diff(weighed.household.descriptors, again.household.descriptors)
          assert.deepStrictEqual([back.removed, back.changed], [[], []])
          assert.deepStrictEqual(
            back.added.map((descriptor) => [descriptor.id, descriptor.name, weightOf(descriptor)]),
            [[scale.id, scale.name, 61]],
          )
        }).pipe(Effect.scoped),
    )
  })
})
