import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { onEveryStore } from "../../test/postgres.ts"
import { storeOfAnn } from "../../test/storeOfAnn.ts"
import { DeviceId } from "../measure/Device.ts"
import { type Measure, GroupId } from "../measure/Measure.ts"
import { PersonId } from "../measure/Person.ts"
import { MeasureStore } from "./MeasureStore.ts"
import { pastWeights } from "./pastWeights.ts"

const day = 86_400
const now = 20_000 * day

const weight = (daysAgo: number, value: number, change: Partial<Measure> = {}): Measure => ({
  personId: PersonId("ann"),
  source: "getmeas",
  group: GroupId(`${daysAgo}/${value}`),
  kind: "weight",
  position: null,
  at: now - daysAgo * day,
  value,
  deviceId: DeviceId("scale"),
  attribution: "device",
  modified: now,
  ...change,
})

await onEveryStore((store) => {
  const layer = storeOfAnn(store)
  const after = (...measures: ReadonlyArray<Measure>) =>
    Effect.gen(function* () {
      const { keep } = yield* MeasureStore
      yield* keep({ personId: PersonId("ann"), source: "getmeas", measures, firstHistory: true })
      const past = yield* pastWeights(yield* SqlClient.SqlClient, "home")
      return past.map(({ at, value }) => `${(now - at) / day} days: ${value}`).toSorted()
    }).pipe(Effect.provide(layer))

  it.effect("are the newest of at least a week and of at least a month ago", () =>
    Effect.gen(function* () {
      const measures = [0, 3, 6, 8, 15, 28, 33, 50].map((days) => weight(days, 70 + days))
      assert.deepStrictEqual(yield* after(...measures), ["33 days: 103", "8 days: 78"])
    }),
  )

  it.effect("are neither of another season nor ambiguous", () =>
    Effect.gen(function* () {
      const unsure = weight(8, 60, { attribution: "ambiguous" })
      assert.deepStrictEqual(yield* after(weight(0, 70), unsure, weight(22, 72), weight(91, 80)), [])
    }),
  )

  it.effect("of two at the same moment the greater", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* after(weight(0, 70), weight(7, 71), weight(7, 73)), ["7 days: 73"])
    }),
  )
})
