import type { Feature } from "@withings-bridge/core"

/** What is read best together. */
interface Composition {
  readonly keys: ReadonlyArray<string>
  readonly stacked: boolean
}

const bloodPressure: Composition = {
  keys: ["blood-pressure-systolic", "blood-pressure-diastolic"],
  stacked: false,
}

const together: Readonly<Record<string, Composition>> = {
  "blood-pressure-systolic": bloodPressure,
  "blood-pressure-diastolic": bloodPressure,
  "sleep-duration": {
    keys: ["sleep-light-duration", "sleep-rem-duration", "sleep-deep-duration"],
    stacked: true,
  },
}

const goals: Readonly<Record<string, string>> = {
  weight: "goal-weight",
  steps: "goal-steps",
  "sleep-duration": "goal-sleep",
}

export const compositionOf = (chosen: Feature, all: ReadonlyArray<Feature>) => {
  const wanted = together[chosen.key]
  const found = wanted?.keys.flatMap((key) => all.find((feature) => feature.key === key) ?? []) ?? []
  const complete = wanted !== undefined && found.length === wanted.keys.length
  return {
    features: complete ? found : [chosen],
    stacked: complete && wanted.stacked,
    goal: all.find(({ key }) => key === goals[chosen.key])?.reading?.value ?? null,
  }
}
