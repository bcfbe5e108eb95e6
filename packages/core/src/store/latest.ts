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

const slotOf = (measure: Measure): Slot => ({
  kind: measure.kind,
  position: measure.position ?? noPosition,
  deviceId: measure.deviceId ?? "",
  ambiguous: measure.attribution === "ambiguous" ? 1 : 0,
})

const nameOf = (slot: Slot) => `${slot.kind}\n${slot.position}\n${slot.deviceId}\n${slot.ambiguous}`

/** Brings `latest` up to date after a page: reads again only what the page may have changed in it. */
export const refreshLatest = (
  sql: SqlClient.SqlClient,
  personId: string,
  changed: ReadonlyArray<Measure>,
  deleted: ReadonlyArray<Measure>,
) =>
  Effect.gen(function* () {
    if (changed.length + deleted.length === 0) return
    const known = new Map<string, LatestRow>()
    const edited = new Map<string, LatestRow>()
    for (const row of yield* sql<LatestRow>`SELECT * FROM latest WHERE person_id = ${personId}`) {
      known.set(nameOf(slotOfRow(row)), row)
      edited.set(`${row.source}\n${row.grp}\n${row.kind}\n${row.position}`, row)
    }
    const touched = new Map<string, Slot>()
    const touch = (slot: Slot) => touched.set(nameOf(slot), slot)
    for (const measure of changed) {
      const slot = slotOf(measure)
      const latest = known.get(nameOf(slot))
      if (latest === undefined || Number(latest.at) <= measure.at) touch(slot)
      // An edit may have moved it to another time, device or person.
      const before = edited.get(`${measure.source}\n${measure.group}\n${measure.kind}\n${slot.position}`)
      if (before !== undefined) touch(slotOfRow(before))
    }
    for (const measure of deleted) touch(slotOf(measure))
    yield* Effect.forEach(touched.values(), (slot) => refresh(sql, personId, slot), { discard: true })
  })

interface LatestRow extends MeasureRow {
  readonly ambiguous: number
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
