import type { Device } from "../measure/Device.ts"
import { type Measure, sourcedGroup } from "../measure/Measure.ts"
import { descriptorIdOf } from "./attribution.ts"
import type { MeasuredEvent } from "./Household.ts"

/**
 * Whether a measure is an act of someone: a step on the scale, a night, a workout. Not a counter's increment, such as
 * steps, nor the list of sounds: those of a BPM Core are in the list of the heart as well, and one act is one event.
 */
export const isMeasuring = ({ source }: Measure): boolean =>
  source === "getmeas" || source === "night" || source === "workout" || source === "heart"

/** What a recording of the heart tells that Withings lists among the measures as well, under another identity. */
const toldByMeasures: ReadonlySet<string> = new Set(["afib-ecg", "blood-pressure-systolic"])

/** An electrocardiogram is one act, and its measures come first; only sounds of the heart are in its list alone. */
const isToldElsewhere = (measures: ReadonlyArray<Measure>): boolean =>
  measures.some(({ kind, source }) => source === "heart" && toldByMeasures.has(kind))

/**
 * The events that new measures tell of, one for each act, oldest first. Ambiguous ones are nobody's event.
 * `fresh` are measures of groups that were not known before.
 */
export const toMeasuredEvents = (
  fresh: ReadonlyArray<Measure>,
  devices: ReadonlyArray<Device>,
): ReadonlyArray<MeasuredEvent> => {
  const groups = Map.groupBy(fresh.filter(isMeasuring), ({ personId, source, group }) =>
    JSON.stringify([personId, source, group]),
  )
  return [...groups.values()]
    .flatMap((measures): ReadonlyArray<MeasuredEvent> => {
      const [first] = measures
      const descriptorId = first === undefined ? null : descriptorIdOf(first, devices)
      if (first === undefined || descriptorId === null || isToldElsewhere(measures)) return []
      return [
        {
          descriptorId,
          personId: first.personId,
          deviceId: first.deviceId,
          group: sourcedGroup(first),
          at: Math.max(...measures.map(({ at }) => at)),
          kinds: [...new Set(measures.map(({ kind }) => kind))].toSorted(),
        },
      ]
    })
    .toSorted((a, b) => a.at - b.at || (a.group < b.group ? -1 : 1))
}
