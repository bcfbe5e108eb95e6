import { SqlClient } from "@effect/sql"
import { Effect, Layer } from "effect"
import { MeasureStore } from "../src/store/MeasureStore.ts"
import { SyncCursor } from "../src/store/SyncCursor.ts"
import type { StoreUnderTest } from "./postgres.ts"

const annSignedIn = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => sql`INSERT INTO person (id, withings_user_id, client_id, name, state, state_since)
    VALUES ('ann', '1', 'c', 'Ann', 'signed-in', 0)`,
)

/** A store that knows one person, `ann`, and nothing of her yet. */
export const storeOfAnn = ({ layer }: StoreUnderTest) =>
  Layer.provideMerge(
    Layer.merge(MeasureStore.layer, SyncCursor.layer),
    Layer.tap(layer, (context) => Effect.provide(annSignedIn, context)),
  )
