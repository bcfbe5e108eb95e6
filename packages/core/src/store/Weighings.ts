import { SqlClient } from "@effect/sql"
import { Context, Data, Effect, Layer } from "effect"
import { unsureWeighings, type UnsureWeighing } from "../device/unsureWeighings.ts"
import { opaqueId } from "../device/opaqueId.ts"
import type { DeviceId } from "../measure/Device.ts"
import type { PersonId } from "../measure/Person.ts"
import type { WeightRange } from "../measure/weightRange.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { settle, unsure, type ChosenBy, type ClaimStore } from "./claims.ts"
import { HouseholdId, ofHousehold } from "./HouseholdId.ts"
import { toMeasure, type MeasureRow } from "./measureRow.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** A weighing that Withings could not attribute. */
export interface Weighing {
  /** Stays the same whatever is chosen. */
  readonly id: string
  readonly deviceId: DeviceId | null
  /** Epoch seconds. */
  readonly at: number
  /** Kilograms; null without a weight. */
  readonly weight: number | null
  /** The persons for whom Withings lists it. */
  readonly persons: ReadonlyArray<{ readonly id: PersonId; readonly name: string }>
  /** null: not assigned yet, and hidden. `personId` null: nobody of the household. */
  readonly choice: { readonly personId: PersonId | null; readonly by: ChosenBy } | null
}

export class WeighingError extends Data.TaggedError("WeighingError")<{ readonly message: string }> {
  readonly code = "weighing-unknown"
}

/** Weight ranges by which new weighings are assigned. */
export class WeightRanges extends Context.Reference<WeightRanges>()(
  "@withings-bridge/core/store/WeightRanges",
  { defaultValue: (): ReadonlyArray<WeightRange> => [] },
) {}

/** Weighings that a scale could not attribute, and their assignment by the household. */
export class Weighings extends Context.Tag("@withings-bridge/core/store/Weighings")<
  Weighings,
  {
    /** Newest first, including those that are assigned already. */
    readonly all: Effect.Effect<ReadonlyArray<Weighing>, StoreError>
    /**
     * Assigns a weighing to one of its possible persons, or to nobody (null). Can be changed at any time, and lasts until
     * Withings attributes the weighing.
     */
    readonly assign: (
      id: string,
      personId: PersonId | null,
    ) => Effect.Effect<void, StoreError | WeighingError>
  }
>() {
  static readonly layer: Layer.Layer<Weighings, never, SqlClient.SqlClient | ChangeFeed> = Layer.effect(
    Weighings,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const feed = yield* ChangeFeed
      const store = { sql, household: yield* HouseholdId }
      return Weighings.of({
        all: readWeighings(store).pipe(storeError("read the ambiguous weighings")),
        assign: (id, personId) =>
          feed.commit((revision) =>
            Effect.gen(function* () {
              const weighing = (yield* readWeighings(store)).find((one) => one.id === id)
              if (weighing === undefined)
                return yield* new WeighingError({
                  message: `There is no weighing "${id}", or Withings has said whose it is.`,
                })
              if (personId !== null && !weighing.persons.some((person) => person.id === personId))
                return yield* new WeighingError({
                  message: `Withings lists this weighing only for ${weighing.persons.map(({ name }) => name).join(", ")}.`,
                })
              yield* settle(store, revision, weighing, { personId, by: "someone" })
              return { value: undefined, changed: true }
            }),
          ),
      })
    }),
  )
}

const idOf = (deviceId: DeviceId | null, at: number): string =>
  opaqueId("weighing", deviceId ?? "", String(at))

const readWeighings = ({ household, sql }: ClaimStore) =>
  Effect.gen(function* () {
    const rows = yield* sql<MeasureRow>`SELECT * FROM measure
      WHERE ${ofHousehold(sql, household)} AND ${sql.literal(unsure)} AND deleted = 0`
    const claims = yield* sql<NonNullable<Weighing["choice"]> & { deviceId: DeviceId; at: number }>`
      SELECT device_id AS "deviceId", at, person_id AS "personId", chosen_by AS "by" FROM claim
      WHERE household_id = ${household}`
    const persons = yield* sql<{ id: PersonId; name: string }>`
      SELECT id, name FROM person WHERE household_id = ${household} AND removed_at IS NULL`
    const choices = new Map(
      claims.map(({ at, by, deviceId, personId }) => [idOf(deviceId, at), { personId, by }]),
    )
    const names = new Map(persons.map(({ id, name }) => [id, name]))
    return unsureWeighings(rows.map(toMeasure)).flatMap((weighing) => {
      const own = toWeighing(weighing, names, choices)
      return own.persons.length === 0 || own.choice?.by === "withings" ? [] : [own]
    })
  })

const toWeighing = (
  { at, deviceId, measures, personIds }: UnsureWeighing,
  names: ReadonlyMap<string, string>,
  choices: ReadonlyMap<string, NonNullable<Weighing["choice"]>>,
): Weighing => {
  const id = idOf(deviceId, at)
  return {
    id,
    deviceId,
    at,
    weight: measures.find(({ kind }) => kind === "weight")?.value ?? null,
    persons: personIds.flatMap((personId) => {
      const name = names.get(personId)
      return name === undefined ? [] : [{ id: personId, name }]
    }),
    choice: choices.get(id) ?? null,
  }
}
