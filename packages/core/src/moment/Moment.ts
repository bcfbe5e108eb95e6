import type { DescriptorId } from "../device/DeviceDescriptor.ts"
import type { PersonId } from "../measure/Person.ts"

/** Something that happened to a person, which homes tell once, when it happens: a press of a button, a scene trigger. */
export interface Moment {
  readonly kind: MomentKind
  /** Unique in the household, the same in every process: a moment is told once under it. */
  readonly id: string
  readonly descriptorId: DescriptorId
  readonly personId: PersonId
  /** Epoch seconds at which it happened, or at which it was found where nobody knows better (a goal). */
  readonly at: number
  /** Kilograms of `weighed`, the score of `night-available`, the steps of `goal-reached`; null: none. */
  readonly value: number | null
}

interface MomentRow {
  /** The button that it presses on its descriptor, for homes that know buttons. */
  readonly button: Button
  /** Seconds after which it is history; null: as long as the household's acts count, `announce_within`. */
  readonly within: number | null
}

/** What homes have a button for: see {@link buttonsOf}. */
export type Button = "measured" | "went-to-bed" | "got-up" | "goal-reached"

/**
 * The one vocabulary of moments. A night is told when Withings has it, often hours after its sleeper got up, and nobody
 * takes it for an act of this minute.
 */
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
