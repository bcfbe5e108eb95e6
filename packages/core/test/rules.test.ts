import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Layer, Queue } from "effect"
import { BridgeConfig } from "../src/BridgeConfig.ts"
import type { Household, HouseholdChange } from "../src/device/Household.ts"
import { HouseholdFeed } from "../src/HouseholdFeed.ts"
import * as HouseholdKeeper from "../src/HouseholdKeeper.ts"
import { GroupId } from "../src/measure/Measure.ts"
import type { PersonId } from "../src/measure/Person.ts"
import { readRules } from "../src/rule/readRules.ts"
import { HouseholdStore } from "../src/store/HouseholdStore.ts"
import { layerStore } from "../src/store/Database.ts"
import { LeftOut } from "../src/store/LeftOut.ts"
import { MeasureStore } from "../src/store/MeasureStore.ts"
import { PersonStore } from "../src/withings/account/PersonStore.ts"
import { signedIn } from "./signedIn.ts"
import { onEveryStore } from "./postgres.ts"
import { configFor } from "./withingsLayer.ts"

/** One process of those that share a store: without any sync, but with the keeper of rules. */
const processOn = (config: BridgeConfig) =>
  Layer.merge(HouseholdFeed.layer, HouseholdKeeper.layer).pipe(
    Layer.provideMerge(
      Layer.mergeAll(MeasureStore.layer, HouseholdStore.layer, LeftOut.layer, PersonStore.layer),
    ),
    Layer.provideMerge(layerStore(config)),
    Layer.provideMerge(BridgeConfig.layer(config)),
    Layer.fresh,
    Layer.build,
  )

const weigh = (personId: PersonId, value: number, at: number) =>
  Effect.flatMap(MeasureStore, ({ keep }) =>
    keep({
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
          deviceId: null,
          attribution: "device",
          modified: at,
        },
      ],
    }),
  )

const { rules } = readRules([{ name: "Heavy", when: "above", measure: "weight", value: 75 }])

const ruleIn = ({ descriptors }: Household) =>
  descriptors.flatMap(({ features }) => features).find(({ nature }) => nature === "rule")?.reading

await onEveryStore((store) => {
  describe("a rule in a household of several processes", () => {
    it.live("switches in all of them with one change, and stands over a restart", () =>
      Effect.gen(function* () {
        const config = configFor("http://127.0.0.1:9", { ...(yield* store.newStore), rules })
        const processes = [yield* processOn(config), yield* processOn(config)] as const
        const follow = (index: 0 | 1) =>
          Effect.gen(function* () {
            const changes = yield* Queue.unbounded<HouseholdChange>()
            yield* Effect.forkScoped(
              Context.get(processes[index], HouseholdFeed).follow(`home-${index}`, (change) =>
                Queue.offer(changes, change),
              ),
            )
            return (value: 0 | 1) =>
              Queue.take(changes).pipe(
                Effect.repeat({ until: ({ household }) => ruleIn(household)?.value === value }),
                Effect.map(({ household }) => ruleIn(household)),
                Effect.timeout("60 seconds"),
              )
          })
        const homes = [yield* follow(0), yield* follow(1)]
        const ann = yield* Effect.provide(
          Effect.flatMap(PersonStore, (persons) => persons.keep(signedIn("1", "Ann"))),
          processes[0],
        )
        for (const [at, kilograms, value] of [
          [1000, 74, 0],
          [2000, 76, 1],
          [3000, 75, 0],
          [4000, 75.01, 1],
        ] as const) {
          yield* Effect.provide(weigh(ann.id, kilograms, at), processes[0])
          const [one, other] = yield* Effect.all(homes.map((told) => told(value)))
          assert.deepStrictEqual(one, other)
        }
        const restarted = yield* processOn(config)
        const household = yield* Context.get(restarted, HouseholdFeed).current
        assert.strictEqual(ruleIn(household)?.value, 1)
      }).pipe(Effect.scoped),
    )
  })
})
