import type { DeviceId } from "../measure/Device.ts"
import type { Measure } from "../measure/Measure.ts"
import type { PersonId } from "../measure/Person.ts"

/** A weighing that the scale could not attribute: Withings lists it for every person it may belong to. */
export interface UnsureWeighing {
  readonly deviceId: DeviceId | null
  /** Epoch seconds. */
  readonly at: number
  /** Possible persons, in order of id. */
  readonly personIds: ReadonlyArray<PersonId>
  readonly measures: ReadonlyArray<Measure>
}

/** Groups ambiguous and claimed measures by their weighing, newest first. */
export const unsureWeighings = (measures: ReadonlyArray<Measure>): ReadonlyArray<UnsureWeighing> => {
  const unsure = measures.filter(
    ({ attribution }) => attribution === "ambiguous" || attribution === "claimed",
  )
  return [...Map.groupBy(unsure, ({ at, deviceId }) => JSON.stringify([deviceId, at])).values()]
    .flatMap((own) => {
      const [first] = own
      if (first === undefined) return []
      const personIds = [...new Set(own.map(({ personId }) => personId))].toSorted()
      return [{ deviceId: first.deviceId, at: first.at, personIds, measures: own }]
    })
    .toSorted((a, b) => b.at - a.at || (a.deviceId ?? "").localeCompare(b.deviceId ?? "", "en"))
}
