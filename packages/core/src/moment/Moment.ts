import type { DescriptorId } from "../device/DeviceDescriptor.ts"
import type { PersonId } from "../measure/Person.ts"

/** Something that happens to a person and triggers homes once: a press of a button, a scene. */
export interface Moment {
  readonly kind: MomentKind
  /** Unique in the household and the same in every process, so that a moment triggers once. */
  readonly id: string
  readonly descriptorId: DescriptorId
  readonly personId: PersonId
  /** When it happened, epoch seconds; a goal: when it was found. */
  readonly at: number
  /** Kilograms of `weighed`, the score of `night-available`, the steps of `goal-reached`; null: none. */
  readonly value: number | null
}

interface MomentRow {
  /** The button that it presses on its descriptor. */
  readonly button: Button
  /** Seconds after which it triggers no more; null: the setting `announce_within`. */
  readonly within: number | null
}

/** What homes have a button for: see {@link buttonsOf}. */
export type Button = "measured" | "went-to-bed" | "got-up" | "goal-reached"

/** All kinds of moments. A night has longer: Withings often has it only hours after its end. */
export const moments = {
  weighed: { button: "measured", within: null },
  measured: { button: "measured", within: null },
  "night-available": { button: "measured", within: 12 * 3600 },
  "went-to-bed": { button: "went-to-bed", within: null },
  "got-up": { button: "got-up", within: null },
  "goal-reached": { button: "goal-reached", within: null },
} as const satisfies Record<string, MomentRow>

export type MomentKind = keyof typeof moments

export const isMomentKind = (kind: string): kind is MomentKind => Object.hasOwn(moments, kind)

/** Whether it still counts as happening now; `announceWithin` in seconds. */
export const isYoung = ({ at, kind }: Moment, now: number, announceWithin: number): boolean =>
  now - at < (moments[kind].within ?? announceWithin)
