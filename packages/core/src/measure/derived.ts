import type { Measure } from "./Measure.ts"

const day = 86_400

/** kg/m² from kilograms and metres; null without a height. */
export const bodyMassIndex = (weight: number, height: number): number | null =>
  height > 0 ? weight / (height * height) : null

/** Whole days between two epoch seconds, 0 for a moment in the future. */
export const daysSince = (at: number, now: number): number => Math.max(0, Math.floor((now - at) / day))

/** Positive below the goal, negative above. */
export const distanceToGoal = (value: number, goal: number): number => goal - value

type Moment = Pick<Measure, "at" | "value">

/**
 * Change of a value since the newest one that is at least `days` days older, but not more than three times as old, which
 * could be another season; null without one.
 */
export const changeOver = (history: ReadonlyArray<Moment>, days: number): number | null => {
  const last = newest(history)
  if (last === undefined) return null
  const age = ({ at }: Moment): number => last.at - at
  const before = newest(
    history.filter((moment) => age(moment) >= days * day && age(moment) <= 3 * days * day),
  )
  return before === undefined ? null : last.value - before.value
}

// Of two at the same moment the greater value, so that the order does not matter.
const newest = <M extends Moment>(moments: ReadonlyArray<M>): M | undefined =>
  moments.reduce<M | undefined>(
    (best, moment) =>
      best === undefined || moment.at > best.at || (moment.at === best.at && moment.value > best.value)
        ? moment
        : best,
    undefined,
  )
