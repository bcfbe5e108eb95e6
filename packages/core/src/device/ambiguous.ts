import type { Measure } from "../measure/Measure.ts"

/** A weighing that the scale could not give to one person: Withings lists it with each who it may be. */
export interface AmbiguousWeighing {
  readonly deviceId: string | null
  /** Epoch seconds. */
  readonly at: number
  /** Who it may be, in order of id. */
  readonly personIds: ReadonlyArray<string>
  readonly measures: ReadonlyArray<Measure>
}

/** Ambiguous measures put together by the weighing they come from, newest first. */
export const ambiguousWeighings = (measures: ReadonlyArray<Measure>): ReadonlyArray<AmbiguousWeighing> => {
  const weighings = new Map<string, Array<Measure>>()
  for (const measure of measures) {
    if (measure.attribution !== "ambiguous") continue
    const key = JSON.stringify([measure.deviceId, measure.at])
    weighings.set(key, [...(weighings.get(key) ?? []), measure])
  }
  return [...weighings.values()]
    .flatMap((own) => {
      const [first] = own
      if (first === undefined) return []
      const personIds = [...new Set(own.map(({ personId }) => personId))].toSorted()
      return [{ deviceId: first.deviceId, at: first.at, personIds, measures: own }]
    })
    .toSorted((a, b) => b.at - a.at || (a.deviceId ?? "").localeCompare(b.deviceId ?? "", "en"))
}

/** The measures of an ambiguous weighing that are of this person, now known to be theirs. */
export const giveTo = (weighing: AmbiguousWeighing, personId: string): ReadonlyArray<Measure> =>
  weighing.measures
    .filter((measure) => measure.personId === personId)
    .map((measure) => ({ ...measure, attribution: "device" }))
