import type { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import type { DeviceId } from "../measure/Device.ts"
import type { Measure } from "../measure/Measure.ts"
import type { PersonId } from "../measure/Person.ts"
import { dialectOf } from "./Dialect.ts"
import { noPosition, type MeasureRow } from "./measureRow.ts"

/** Key of a latest measure. Ambiguous measures never displace attributed ones. */
interface Slot {
  readonly kind: string
  readonly position: number
  readonly deviceId: DeviceId | ""
  readonly ambiguous: 0 | 1
}

/** Updates `latest` after a page, and reads `measure` only if the page alone does not decide what is the latest. */
export const refreshLatest = (
  sql: SqlClient.SqlClient,
  personId: PersonId,
  changed: ReadonlyArray<Measure>,
  deleted: ReadonlyArray<Measure>,
) =>
  Effect.gen(function* () {
    if (changed.length + deleted.length === 0) return
    const rows = yield* sql<LatestRow>`SELECT * FROM latest WHERE person_id = ${personId}`
    for (const slot of compare(rows, changed, deleted)) {
      if (slot.unclear) yield* refresh(sql, personId, slot)
      else if (slot.newer !== null) yield* stand(sql, slot, slot.newer)
    }
  })

interface LatestRow extends MeasureRow {
  readonly ambiguous: 0 | 1
}

type Age = Pick<Measure, "at" | "modified" | "group">

interface Compared extends Slot {
  /** The latest before; null: none. */
  readonly stood: Age | null
  /** The newest of the page, if it is newer than that. */
  newer: Measure | null
  /** Has to be read from `measure`. */
  unclear: boolean
}

/** Hot path of the first history: no allocation per measure. */
const compare = (
  rows: ReadonlyArray<LatestRow>,
  changed: ReadonlyArray<Measure>,
  deleted: ReadonlyArray<Measure>,
): ReadonlyArray<Compared> => {
  const groups = new Set<string>()
  for (const { group } of changed) groups.add(group)
  const ofKind = new Map<string, Array<Compared>>()
  const add = (slot: Compared) => {
    const others = ofKind.get(slot.kind)
    if (others === undefined) ofKind.set(slot.kind, [slot])
    else others.push(slot)
    return slot
  }
  // An edit may have moved the latest measure to another time, device or person.
  for (const row of rows) {
    const stood = { at: row.at, modified: row.modified, group: row.grp }
    add({
      ...slotOfRow(row),
      stood,
      newer: null,
      unclear: groups.has(row.grp) && changed.some((one) => isOf(one, row)),
    })
  }
  const slotOf = ({ attribution, deviceId, kind, position }: Measure) => {
    const ambiguous = attribution === "ambiguous" ? 1 : 0
    for (const slot of ofKind.get(kind) ?? []) {
      if (
        slot.position === (position ?? noPosition) &&
        slot.deviceId === (deviceId ?? "") &&
        slot.ambiguous === ambiguous
      )
        return slot
    }
    return add({
      kind,
      position: position ?? noPosition,
      deviceId: deviceId ?? "",
      ambiguous,
      stood: null,
      newer: null,
      unclear: false,
    })
  }
  for (const measure of changed) {
    const slot = slotOf(measure)
    const newest = slot.newer ?? slot.stood
    if (newest === null || isNewer(measure, newest)) slot.newer = measure
  }
  for (const measure of deleted) slotOf(measure).unclear = true
  return [...ofKind.values()].flat()
}

const isOf = (measure: Measure, row: LatestRow): boolean =>
  measure.group === row.grp &&
  measure.kind === row.kind &&
  measure.source === row.source &&
  (measure.position ?? noPosition) === row.position

/** The order of `refresh`. */
const isNewer = (one: Age, other: Age): boolean =>
  one.at !== other.at
    ? one.at > other.at
    : one.modified !== other.modified
      ? one.modified > other.modified
      : one.group > other.group

const slotOfRow = (row: LatestRow): Slot => ({
  kind: row.kind,
  position: row.position,
  deviceId: row.device_id ?? "",
  ambiguous: row.ambiguous,
})

const stand = (sql: SqlClient.SqlClient, { ambiguous, deviceId, kind, position }: Slot, measure: Measure) =>
  sql`
    INSERT INTO latest (person_id, kind, position, device_id, ambiguous, source, grp, at, value, attribution, modified)
    VALUES (${measure.personId}, ${kind}, ${position}, ${deviceId}, ${ambiguous}, ${measure.source}, ${measure.group},
      ${measure.at}, ${measure.value}, ${measure.attribution}, ${measure.modified})
    ON CONFLICT (person_id, kind, position, device_id, ambiguous) DO UPDATE SET
      source = excluded.source, grp = excluded.grp, at = excluded.at, value = excluded.value,
      attribution = excluded.attribution, modified = excluded.modified`

const refresh = (sql: SqlClient.SqlClient, personId: PersonId, slot: Slot) =>
  Effect.gen(function* () {
    const { ambiguous, deviceId, kind, position } = slot
    const kept = yield* sql`
      INSERT INTO latest (person_id, kind, position, device_id, ambiguous, source, grp, at, value, attribution, modified)
      SELECT person_id, kind, position, COALESCE(device_id, ''), CAST(${ambiguous} AS BIGINT), source, grp, at, value,
        attribution, modified
      FROM measure ${dialectOf(sql).alongIndex("measure_at")}
      WHERE person_id = ${personId} AND kind = ${kind} AND position = ${position} AND deleted = 0
        AND COALESCE(device_id, '') = ${deviceId}
        AND CASE WHEN attribution = 'ambiguous' THEN 1 ELSE 0 END = ${ambiguous}
      ORDER BY at DESC, modified DESC, grp DESC LIMIT 1
      ON CONFLICT (person_id, kind, position, device_id, ambiguous) DO UPDATE SET
        source = excluded.source, grp = excluded.grp, at = excluded.at, value = excluded.value,
        attribution = excluded.attribution, modified = excluded.modified
      RETURNING kind`
    if (kept.length > 0) return
    yield* sql`DELETE FROM latest WHERE person_id = ${personId} AND kind = ${kind} AND position = ${position}
      AND device_id = ${deviceId} AND ambiguous = ${ambiguous}`
  })
