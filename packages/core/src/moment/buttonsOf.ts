import type { DeviceDescriptor } from "../device/DeviceDescriptor.ts"
import type { Text } from "../measure/MeasureKind.ts"
import type { Button } from "./Moment.ts"

export interface MomentButton {
  readonly button: Button
  readonly name: Text
}

/** The buttons of a feature. */
const byFeature: Readonly<Record<string, ReadonlyArray<MomentButton>>> = {
  measured: [{ button: "measured", name: { en: "Just measured", fr: "Mesure prise" } }],
  "in-bed": [
    { button: "went-to-bed", name: { en: "Went to bed", fr: "Coucher" } },
    { button: "got-up", name: { en: "Got up", fr: "Lever" } },
  ],
  "steps-to-goal": [{ button: "goal-reached", name: { en: "Goal reached", fr: "Objectif atteint" } }],
}

/** The buttons of a descriptor, in stable order. */
export const buttonsOf = ({ features }: DeviceDescriptor): ReadonlyArray<MomentButton> =>
  Object.entries(byFeature).flatMap(([key, buttons]) =>
    features.some((feature) => feature.key === key) ? buttons : [],
  )
