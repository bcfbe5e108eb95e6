import type { DeviceId } from "../measure/Device.ts"
import type { Attribution, Measure, MeasureSource, GroupId } from "../measure/Measure.ts"
import type { PersonId } from "../measure/Person.ts"
import type { MeasureKey } from "../measure/measureKinds.ts"

/** A measure as the store holds it. */
export interface MeasureRow {
  readonly person_id: PersonId
  readonly source: MeasureSource
  readonly grp: GroupId
  readonly kind: MeasureKey
  readonly position: number
  readonly at: number
  readonly value: number
  readonly device_id: DeviceId | null
  readonly attribution: Attribution
  readonly modified: number
}

/** Stands for null, which a key must not contain. */
export const noPosition = -1

export const toMeasure = (row: MeasureRow): Measure => ({
  personId: row.person_id,
  source: row.source,
  group: row.grp,
  kind: row.kind,
  position: row.position === noPosition ? null : row.position,
  at: row.at,
  value: row.value,
  deviceId: row.device_id === null || row.device_id === "" ? null : row.device_id,
  attribution: row.attribution,
  modified: row.modified,
})

/** Identifies a measure within its person and source. */
export const keyOf = (measure: Pick<Measure, "group" | "kind" | "position">): string =>
  `${measure.group}\n${measure.kind}\n${measure.position ?? noPosition}`

/** The measures of a page by key. Of two versions the newer one counts. */
export const withoutTwins = (measures: ReadonlyArray<Measure>): ReadonlyMap<string, Measure> => {
  const unique = new Map<string, Measure>()
  for (const measure of measures) {
    const key = keyOf(measure)
    const twin = unique.get(key)
    if (twin === undefined || twin.modified <= measure.modified) unique.set(key, measure)
  }
  return unique
}
