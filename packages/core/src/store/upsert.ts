import type { Revision } from "../device/Household.ts"
import type { Measure } from "../measure/Measure.ts"
import type { PersonId } from "../measure/Person.ts"
import { noPosition } from "./measureRow.ts"

/** The columns that all measures of a page share. */
export interface PageColumns {
  readonly personId: PersonId
  readonly source: Measure["source"]
  readonly revision: Revision
  /** The revision at which a row first appeared; 0 for a first history, which raises no events. */
  readonly born: Revision
}

export const columns =
  "person_id, source, grp, kind, position, at, value, device_id, attribution, modified, revision, born, deleted"

/** Of two versions of a measure, the newer one counts. */
export const onConflict = `ON CONFLICT (person_id, source, grp, kind, position) DO UPDATE SET
    at = excluded.at, value = excluded.value, device_id = excluded.device_id,
    attribution = excluded.attribution, modified = excluded.modified, deleted = 0, revision = excluded.revision
  WHERE excluded.modified > measure.modified OR measure.deleted = 1
    OR (excluded.modified = measure.modified AND (excluded.value <> measure.value OR excluded.at <> measure.at
      OR excluded.device_id IS DISTINCT FROM measure.device_id OR excluded.attribution <> measure.attribution))`

/** The values of `columns`, without `deleted`. */
export const toRow = ({ born, personId, revision, source }: PageColumns, one: Measure) => [
  personId,
  source,
  one.group,
  one.kind,
  one.position ?? noPosition,
  one.at,
  one.value,
  one.deviceId,
  one.attribution,
  one.modified,
  revision,
  born,
]
