import type { MeasuredEvent } from "../device/Household.ts"
import { type Measure, sourcedGroup } from "../measure/Measure.ts"
import type { Moment, MomentKind } from "./Moment.ts"

interface Act {
  readonly kind: MomentKind
  readonly is: (event: MeasuredEvent) => boolean
  /** The kind of measure whose value the moment carries. */
  readonly value: string | null
}

/** The first that fits. */
const acts: ReadonlyArray<Act> = [
  { kind: "weighed", is: ({ kinds }) => kinds.includes("weight"), value: "weight" },
  {
    kind: "night-available",
    is: ({ group, kinds }) => group.startsWith("night:") && kinds.includes("sleep-duration"),
    value: "sleep-score",
  },
  { kind: "measured", is: () => true, value: null },
]

/** A moment for each measured event. `fresh`: the measures of the events. */
export const toActs = (
  events: ReadonlyArray<MeasuredEvent>,
  fresh: ReadonlyArray<Measure>,
): ReadonlyArray<Moment> =>
  events.flatMap((event) => {
    const act = acts.find(({ is }) => is(event))
    if (act === undefined) return []
    const { at, descriptorId, group, personId } = event
    const measure = fresh.find(
      (one) => one.kind === act.value && one.personId === personId && sourcedGroup(one) === group,
    )
    return [
      {
        kind: act.kind,
        id: `${act.kind} ${personId} ${group}`,
        descriptorId,
        personId,
        at,
        value: measure?.value ?? null,
      },
    ]
  })
