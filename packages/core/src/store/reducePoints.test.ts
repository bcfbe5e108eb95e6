import { assert, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { reducePoints, type Point } from "./reducePoints.ts"

const rows = FastCheck.array(
  FastCheck.record({
    at: FastCheck.integer({ min: 0, max: 3_000 }),
    value: FastCheck.integer({ min: -50, max: 50 }),
  }),
  { maxLength: 300 },
).map((points) => points.toSorted((one, other) => one.at - other.at))

it.prop(
  "keeps the ends, the lowest and the highest, the order and the bound, and invents nothing",
  { points: rows, atMost: FastCheck.integer({ min: 4, max: 60 }) },
  ({ atMost, points }) => {
    const reduced = reducePoints(points, atMost)
    assert.isAtMost(reduced.length, Math.max(atMost, 4))
    assert.isTrue(reduced.every((point) => points.includes(point)))
    assert.deepStrictEqual(
      reduced.map(({ at }) => at),
      reduced.map(({ at }) => at).toSorted((one, other) => one - other),
    )
    if (points.length === 0) return
    assert.strictEqual(reduced[0], points[0])
    assert.strictEqual(reduced.at(-1), points.at(-1))
    const values = (of: ReadonlyArray<Point>) => of.map(({ value }) => value)
    assert.strictEqual(Math.min(...values(reduced)), Math.min(...values(points)))
    assert.strictEqual(Math.max(...values(reduced)), Math.max(...values(points)))
  },
)

it("keeps the bound when several points share the last moment", () => {
  const points = [0, 0, 0, 3000, 3000].map((at, index) => ({ at, value: index === 2 ? -1 : 0 }))
  assert.isAtMost(reducePoints(points, 4).length, 4)
})
