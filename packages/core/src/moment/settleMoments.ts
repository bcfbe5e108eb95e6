import type { DeviceDescriptor } from "../device/DeviceDescriptor.ts"
import type { Reading } from "../device/Reading.ts"
import type { PersonId } from "../measure/Person.ts"
import type { Held } from "../rule/Held.ts"
import type { Moment, MomentKind } from "./Moment.ts"

type HeldStates = ReadonlyMap<string, Held>

/** A state of a feature, and the moments of its begin and end. */
interface Watch {
  readonly feature: string
  /** null: unknown. */
  readonly isSo: (reading: Reading) => boolean | null
  /** When the state began, epoch seconds. */
  readonly since: (reading: Reading, now: number) => number
  /** Also when the state holds for another record than before: the goal of another day. */
  readonly begins: MomentKind
  readonly ends: MomentKind | null
  /** The person's feature whose value the moment carries. */
  readonly value: string | null
}

const watches: ReadonlyArray<Watch> = [
  {
    feature: "in-bed",
    isSo: ({ stale, value }) => (stale ? null : value === 1),
    since: ({ at }) => at,
    begins: "went-to-bed",
    ends: "got-up",
    value: null,
  },
  {
    feature: "steps-to-goal",
    isSo: ({ stale, value }) => !stale && value <= 0,
    // The time of a day's steps is the midnight before.
    since: (_, now) => now,
    begins: "goal-reached",
    ends: null,
    value: "steps",
  },
]

export interface HappenedMoments {
  /** To be stored, by key. */
  readonly states: HeldStates
  /** By the key of their state. */
  readonly moments: ReadonlyMap<string, Moment>
}

/**
 * The moments since the stored states. A state seen for the first time is none, since it may be of any age; one that was
 * unknown, and began while it was watched, is.
 */
export const settleMoments = (
  held: HeldStates,
  descriptors: ReadonlyArray<DeviceDescriptor>,
  now: number,
): HappenedMoments => {
  const states = new Map<string, Held>()
  const moments = new Map<string, Moment>()
  for (const descriptor of descriptors) {
    for (const watch of watches) {
      const { personId } = descriptor
      const feature = descriptor.features.find(({ key }) => key === watch.feature)
      if (feature === undefined || personId === null) continue
      const key = `seen ${watch.feature} ${descriptor.id}`
      const before = held.get(key)
      const after = settled(before, feature.reading, watch, now)
      states.set(key, after)
      const kind = momentBetween(before, after, watch)
      if (kind === null) continue
      const value = valueOf(watch, personId, descriptors)
      // Named by the record: steps corrected to below the goal and above it again are one success.
      const id = `${kind} ${descriptor.id} ${feature.reading?.at ?? after.since}`
      moments.set(key, { kind, id, descriptorId: descriptor.id, personId, at: after.since, value })
    }
  }
  return { states, moments }
}

const settled = (before: Held | undefined, reading: Reading | null, watch: Watch, now: number): Held => {
  const value = reading === null ? null : watch.isSo(reading)
  const isAnother = value === true && reading !== null && before !== undefined && before.since < reading.at
  const isSame = before !== undefined && before.value === value
  if (isSame && !(watch.ends === null && isAnother)) return before
  const since = reading === null || value === null ? now : Math.min(now, watch.since(reading, now))
  return { value, since, otherwiseSince: null }
}

const momentBetween = (before: Held | undefined, after: Held, watch: Watch): MomentKind | null => {
  if (before === undefined || before === after || after.since < before.since) return null
  if (after.value === true) return watch.begins
  return after.value === false && before.value === true ? watch.ends : null
}

/** Steps may come from a watch or the phone, while the goal is the person's. */
const valueOf = (
  { value }: Watch,
  personId: PersonId,
  descriptors: ReadonlyArray<DeviceDescriptor>,
): number | null => {
  const readings = descriptors
    .filter((descriptor) => descriptor.personId === personId)
    .flatMap(({ features }) => features.filter(({ key }) => key === value))
    .flatMap(({ reading }) => (reading === null || reading.stale ? [] : [reading]))
  return readings.toSorted((one, other) => other.at - one.at)[0]?.value ?? null
}
