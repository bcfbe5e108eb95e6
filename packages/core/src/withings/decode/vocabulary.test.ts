import { expect, it } from "vitest"
import { PersonId } from "../../measure/Person.ts"
import { measureKinds } from "../../measure/measureKinds.ts"
import {
  dayFields,
  intradayFields,
  nightCurveFields,
  nightFields,
  workoutFields,
} from "../client/dataFields.ts"
import { meastypeKinds } from "./meastype.ts"
import { napKey } from "../../measure/kinds/sleep.ts"
import { toGoals } from "./toGoals.ts"
import { workoutCategory, workoutDuration } from "./toWorkout.ts"

const nights = nightFields.map(({ kind }) => kind)
const goals = toGoals(PersonId("p"), { goals: { steps: 1, sleep: 2, weight: { value: 3, unit: 0 } } }, 0).map(
  ({ kind }) => kind,
)
const keys = [
  ...meastypeKinds,
  ...nights,
  ...nights.map(napKey),
  ...dayFields.map(({ kind }) => kind),
  ...workoutFields.map(({ kind }) => kind),
  ...intradayFields.map(({ kind }) => kind),
  ...nightCurveFields.map(({ kind }) => kind),
  workoutCategory,
  workoutDuration,
  ...goals,
]

it.each(keys)("%s is a word of the vocabulary", (key) => {
  expect(Object.hasOwn(measureKinds, key)).toBe(true)
})
