import { SqlClient } from "@effect/sql"
import { Context, Effect, Layer } from "effect"
import type { DescriptorId } from "../device/DeviceDescriptor.ts"
import { epochSeconds } from "../epochSeconds.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { HouseholdId } from "./HouseholdId.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** Descriptors that someone chose to hide from every home. Their data is still synced. The choice survives a new sign-in. */
export class LeftOut extends Context.Tag("@withings-bridge/core/store/LeftOut")<
  LeftOut,
  {
    readonly ids: Effect.Effect<ReadonlySet<DescriptorId>, StoreError>
    readonly leaveOut: (descriptorId: DescriptorId) => Effect.Effect<void, StoreError>
    readonly add: (descriptorId: DescriptorId) => Effect.Effect<void, StoreError>
  }
>() {
  static readonly layer: Layer.Layer<LeftOut, never, SqlClient.SqlClient | ChangeFeed> = Layer.effect(
    LeftOut,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const feed = yield* ChangeFeed
      const household = yield* HouseholdId
      const choose = <E>(statement: Effect.Effect<ReadonlyArray<unknown>, E>) =>
        feed
          .commit(() => Effect.map(statement, ({ length }) => ({ value: undefined, changed: length > 0 })))
          .pipe(storeError("write what is left out"))

      return LeftOut.of({
        ids: sql<{
          descriptor_id: DescriptorId
        }>`SELECT descriptor_id FROM left_out WHERE household_id = ${household}`.pipe(
          Effect.map((rows) => new Set(rows.map((row) => row.descriptor_id))),
          storeError("read what is left out"),
        ),
        leaveOut: (descriptorId) =>
          Effect.flatMap(epochSeconds, (now) =>
            choose(sql`
              INSERT INTO left_out (household_id, descriptor_id, since)
              VALUES (${household}, ${descriptorId}, ${now})
              ON CONFLICT (household_id, descriptor_id) DO NOTHING RETURNING descriptor_id`),
          ),
        add: (descriptorId) =>
          choose(
            sql`DELETE FROM left_out WHERE household_id = ${household} AND descriptor_id = ${descriptorId}
              RETURNING descriptor_id`,
          ),
      })
    }),
  )
}
