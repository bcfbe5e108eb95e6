import type { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import type { Measure } from "../measure/Measure.ts"
import { noPosition, type MeasureRow } from "./measureRow.ts"

/** What has a latest measure of its own. Measures that Withings is unsure about never stand before the others. */
interface Slot {
  readonly kind: string
  readonly position: number
  readonly deviceId: string
  readonly ambiguous: 0 | 1
}

/** Brings `latest` up to date after a page: reads again only what the page may have changed in it. */
export const refreshLatest = (
  sql: SqlClient.SqlClient,
  personId: string,
  changed: ReadonlyArray<Measure>,
  deleted: ReadonlyArray<Measure>,
) =>
  Effect.gen(function* () {
    if (changed.length + deleted.length === 0) return
    const rows = yield* sql<LatestRow>`SELECT * FROM latest WHERE person_id = ${personId}`
    yield* Effect.forEach(touchedBy(rows, changed, deleted), (slot) => refresh(sql, personId, slot), {
      discard: true,
    })
  })

interface LatestRow extends MeasureRow {
  readonly ambiguous: number
}

interface Known extends Slot {
  readonly at: number
  touched: boolean
}

/** Hundreds of thousands of measures of a first history come by here: nothing is made for each of them. */
const touchedBy = (
  rows: ReadonlyArray<LatestRow>,
  changed: ReadonlyArray<Measure>,
  deleted: ReadonlyArray<Measure>,
): ReadonlyArray<Slot> => {
  const groups = new Set<string>()
  for (const { group } of changed) groups.add(group)
  const known = new Map<string, Array<Known>>()
  const add = (slot: Known) => {
    const ofKind = known.get(slot.kind)
    if (ofKind === undefined) known.set(slot.kind, [slot])
    else ofKind.push(slot)
    return slot
  }
  // An edit may have moved what is the latest to another time, device or person.
  for (const row of rows) add({ ...slotOfRow(row), at: Number(row.at), touched: groups.has(row.grp) })
  const slotOf = ({ attribution, deviceId, kind, position }: Measure) => {
    const ambiguous = attribution === "ambiguous" ? 1 : 0
    for (const slot of known.get(kind) ?? []) {
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
      at: Number.NEGATIVE_INFINITY,
      touched: false,
    })
  }
  for (const measure of changed) {
    const slot = slotOf(measure)
    if (slot.at <= measure.at) slot.touched = true
  }
  for (const measure of deleted) slotOf(measure).touched = true
  return [...known.values()].flatMap((slots) => slots.filter(({ touched }) => touched))
}

const slotOfRow = (row: LatestRow): Slot => ({
  kind: row.kind,
  position: Number(row.position),
  deviceId: row.device_id ?? "",
  ambiguous: Number(row.ambiguous) === 1 ? 1 : 0,
})

const refresh = (sql: SqlClient.SqlClient, personId: string, slot: Slot) =>
  Effect.gen(function* () {
    const { ambiguous, deviceId, kind, position } = slot
    const kept = yield* sql`
      INSERT INTO latest (person_id, kind, position, device_id, ambiguous, source, grp, at, value, attribution, modified)
      SELECT person_id, kind, position, COALESCE(device_id, ''), CAST(${ambiguous} AS BIGINT), source, grp, at, value,
        attribution, modified
      FROM measure
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
