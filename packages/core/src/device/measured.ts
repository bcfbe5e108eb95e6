import type { Device } from "../measure/Device.ts"
import { type Measure, sourcedGroup } from "../measure/Measure.ts"
import { descriptorIdOf } from "./attribution.ts"
import type { MeasuredEvent } from "./Household.ts"

/**
 * Whether a measure is an act of a person: a weighing, a night, a workout. Not the increment of a counter such as
 * steps, and not a sound, because the list of the heart has those of a BPM Core as well.
 */
export const isMeasuring = ({ source }: Measure): boolean =>
  source === "getmeas" || source === "night" || source === "workout" || source === "heart"

/** Kinds of a heart recording that Withings also lists among the measures, under another id. */
const toldByMeasures: ReadonlySet<string> = new Set(["afib-ecg", "blood-pressure-systolic"])

const isToldElsewhere = (measures: ReadonlyArray<Measure>): boolean =>
  measures.some(({ kind, source }) => source === "heart" && toldByMeasures.has(kind))

/**
 * One event for each act, oldest first; none for ambiguous measures.
 * @param fresh measures of groups that were not known before
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
