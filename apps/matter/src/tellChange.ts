import { type Household, type HouseholdChange, type Moment, moments } from "@withings-bridge/core"
import { Effect } from "effect"
import { buttonId } from "./toMatter.ts"

/** What a change needs of the node. */
export interface Told<E> {
  /** Presses a button by the id of its endpoint; false when there is none yet. */
  readonly press: (buttonId: string) => Effect.Effect<boolean, E>
  readonly show: (household: Household) => Effect.Effect<unknown, E>
}

/**
 * Presses before values: what comes after a report waits for the controller's minimum interval. A button that is not
 * there yet is pressed as soon as its endpoint was added.
 */
export const tellChange = <E>(
  { household, moments: happened }: HouseholdChange,
  { press, show }: Told<E>,
) => {
  const pressAll = (happened: ReadonlyArray<Moment>) =>
    Effect.filter(happened, ({ descriptorId, kind }) =>
      Effect.map(press(buttonId(descriptorId, moments[kind].button)), (pressed) => !pressed),
    )
  return Effect.gen(function* () {
    const early = yield* pressAll(happened)
    yield* show(household)
    yield* pressAll(early)
  })
}
