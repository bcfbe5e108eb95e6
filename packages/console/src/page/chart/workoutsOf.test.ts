import { kindOf, type Feature } from "@withings-bridge/core"
import { expect, it } from "vitest"
import { rowsOfWorkouts, workoutsOf } from "./workoutsOf.ts"

const feature = (kind: string): Feature => ({ ...kindOf(kind), kind, reading: null })

it("joins the figures of a workout by its end", () => {
  const [run, walk] = workoutsOf([
    {
      feature: feature("workout-category"),
      points: [
        [5000, 2],
        [9000, 1],
      ],
    },
    { feature: feature("workout-duration"), points: [[5000, 1800]] },
    { feature: feature("workout-distance"), points: [[9000, 700]] },
  ])
  expect(run).toMatchObject({ from: 3200, to: 5000, category: 2 })
  expect(walk).toMatchObject({ from: 9000, to: 9000 })
  expect(walk?.figures.get("workout-distance")).toBe(700)
  expect(workoutsOf([])).toEqual([])
})

it("gives the most frequent kinds a row each, and all others one row", () => {
  const workouts = [1, 1, 1, 2, 2, 3, 4].map((category) => ({ from: 0, to: 1, category, figures: new Map() }))
  expect(rowsOfWorkouts(workouts, 4)).toEqual([1, 2, 3, 4])
  expect(rowsOfWorkouts(workouts, 3)).toEqual([1, 2, null])
})
