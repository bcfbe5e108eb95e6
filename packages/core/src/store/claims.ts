import type { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import type { Revision } from "../device/Household.ts"
import { epochSeconds } from "../epochSeconds.ts"
import type { DeviceId } from "../measure/Device.ts"
import type { Measure } from "../measure/Measure.ts"
import type { PersonId } from "../measure/Person.ts"
import { personInRange, type WeightRange } from "../measure/weightRange.ts"
import { refreshLatest } from "./latest.ts"
import { ofHousehold } from "./HouseholdId.ts"
import { toMeasure, type MeasureRow } from "./measureRow.ts"

/** Identifies a weighing, of which several persons may each have a record. */
export interface WeighingKey {
  readonly deviceId: DeviceId | null
  /** Epoch seconds. */
  readonly at: number
}

/** `someone`: a person of the household; `range`: a weight range; `withings`: Withings itself, later. */
export type ChosenBy = "someone" | "range" | "withings"

/** Exactly as in the partial index, which is used only then. */
export const unsure = "measure.attribution IN ('ambiguous', 'claimed') AND measure.source = 'getmeas'"

const keyOf = ({ at, deviceId }: WeighingKey): string => `${at} ${deviceId ?? ""}`

export interface ClaimStore {
  readonly sql: SqlClient.SqlClient
  readonly household: string
}

/** The choices about weighings at the times of these measures. */
const claimsAround = ({ household, sql }: ClaimStore, measures: ReadonlyArray<Measure>) => {
  let [from, to] = [Infinity, -Infinity]
  for (const { at } of measures) [from, to] = [Math.min(from, at), Math.max(to, at)]
  if (from > to) return Effect.succeed(new Map<string, string | null>())
  return Effect.map(
    sql<WeighingKey & { readonly personId: PersonId | null }>`
      SELECT device_id AS "deviceId", at, person_id AS "personId" FROM claim
      WHERE household_id = ${household} AND at BETWEEN ${from} AND ${to}`,
    (rows) => new Map(rows.map((row) => [keyOf(row), row.personId])),
  )
}

/** Applies the choices of the household to ambiguous measures. */
export const withClaims = (store: ClaimStore, personId: PersonId, measures: ReadonlyArray<Measure>) =>
  Effect.map(
    claimsAround(
      store,
      measures.filter(({ attribution, source }) => attribution === "ambiguous" && source === "getmeas"),
    ),
    (claims): ReadonlyArray<Measure> =>
      claims.size === 0
        ? measures
        : measures.map((measure) =>
            measure.attribution === "ambiguous" && claims.get(keyOf(measure)) === personId
              ? { ...measure, attribution: "claimed" }
              : measure,
          ),
  )

/** A later attribution by Withings overrides a choice of the household. */
export const yieldToWithings = (store: ClaimStore, revision: Revision, changed: ReadonlyArray<Measure>) =>
  Effect.gen(function* () {
    const sure = changed.filter(
      ({ attribution, deviceId, source }) =>
        attribution === "device" && source === "getmeas" && deviceId !== null,
    )
    const claims = yield* claimsAround(store, sure)
    if (claims.size === 0) return
    const settled = new Map(sure.filter((one) => claims.has(keyOf(one))).map((one) => [keyOf(one), one]))
    yield* Effect.forEach(settled.values(), (one) =>
      settle(store, revision, one, { personId: one.personId, by: "withings" }),
    )
  })

/** Stores a choice and updates the measures of the weighing. `personId` null: nobody of the household. */
export const settle = (
  { household, sql }: ClaimStore,
  revision: Revision,
  { at, deviceId }: WeighingKey,
  { by, personId }: { readonly personId: PersonId | null; readonly by: ChosenBy },
) =>
  Effect.gen(function* () {
    const now = yield* epochSeconds
    const device = deviceId ?? ""
    yield* sql`
      INSERT INTO claim (household_id, device_id, at, person_id, chosen_by, chosen_at)
      VALUES (${household}, ${device}, ${at}, ${personId}, ${by}, ${now})
      ON CONFLICT (household_id, at, device_id) DO UPDATE SET
        person_id = excluded.person_id, chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at`
    const ofWeighing = sql`${ofHousehold(sql, household)} AND ${sql.literal(unsure)} AND at = ${at} AND COALESCE(device_id, '') = ${device}`
    const given = yield* sql<MeasureRow>`
      UPDATE measure SET attribution = 'claimed', revision = ${revision}
      WHERE ${ofWeighing} AND attribution = 'ambiguous' AND person_id = ${personId ?? ""} AND deleted = 0 RETURNING *`
    const taken = yield* sql<MeasureRow>`
      UPDATE measure SET attribution = 'ambiguous', revision = ${revision}
      WHERE ${ofWeighing} AND attribution = 'claimed' AND person_id <> ${personId ?? ""} AND deleted = 0 RETURNING *`
    const ofPerson = Map.groupBy([...given, ...taken].map(toMeasure), (measure) => measure.personId)
    yield* Effect.forEach(ofPerson, ([id, measures]) => refreshLatest(sql, id, measures, []))
  })

/** Assigns weighings without a choice by weight range. Returns how many. */
export const settleByRange = (store: ClaimStore, revision: Revision, ranges: ReadonlyArray<WeightRange>) =>
  Effect.gen(function* () {
    if (ranges.length === 0) return 0
    const { household, sql } = store
    const pending = yield* sql<WeighingKey & { personId: PersonId; name: string; value: number }>`
      SELECT measure.person_id AS "personId", person.name, measure.device_id AS "deviceId", measure.at, measure.value
      FROM measure JOIN person ON person.id = measure.person_id
      WHERE person.household_id = ${household} AND ${sql.literal(unsure)} AND measure.attribution = 'ambiguous' AND measure.kind = 'weight'
        AND measure.deleted = 0 AND person.removed_at IS NULL AND NOT EXISTS (
          SELECT 1 FROM claim WHERE claim.household_id = ${household} AND claim.at = measure.at AND claim.device_id = COALESCE(measure.device_id, ''))`
    const own = pending.filter(({ name, value }) => personInRange(ranges, value) === name.toLowerCase())
    yield* Effect.forEach(own, (row) => settle(store, revision, row, { personId: row.personId, by: "range" }))
    return own.length
  })
