import { Migrator, SqlClient } from "@effect/sql"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { join } from "node:path"
import { Revision } from "../src/device/Household.ts"
import { Bridge, HouseholdFeed, History } from "../src/index.ts"
import { PersonId } from "../src/measure/Person.ts"
import { migrations } from "../src/store/migrations/migrations.ts"
import * as PostgresClient from "../src/store/PostgresClient.ts"
import * as SqliteClient from "../src/store/SqliteClient.ts"
import { onEveryStore } from "./postgres.ts"
import { configFor } from "./withingsLayer.ts"

const formats = Object.keys(migrations).map((name) => Number.parseInt(name, 10))
/** The format of the first release. */
const firstReleased = 2

const upTo = (format: number) =>
  Migrator.make({})({
    loader: Migrator.fromRecord(
      Object.fromEntries(Object.entries(migrations).filter(([name]) => Number.parseInt(name, 10) <= format)),
    ),
  })

/** What the first release kept of someone with a scale and a mat, whose sign-in was refused. */
const household = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  for (const statement of [
    `INSERT INTO person VALUES ('p1', '4711', 'demo-client', 'Ann', 'needs-sign-in', 1700000000, 'Refused.', 1700000000, NULL, 'Europe/Berlin')`,
    `INSERT INTO token VALUES ('p1', 'sealed', NULL, 1700010800, 1700000000, 3)`,
    `INSERT INTO device VALUES ('p1', 'scale', 'Scale', 'Body+', 5, 'high', 'Europe/Berlin', 1600000000, 1700000000, 1)`,
    `INSERT INTO device VALUES ('p1', 'mat', 'Sleep Monitor', 'Aura Sensor V2', 63, NULL, 'Europe/Berlin', 1600000000, 1700000000, 1)`,
    `INSERT INTO measure VALUES ('p1', 'getmeas', '1', 'weight', -1, 1699000000, 72.5, 'scale', 'device', 1699000000, 0, 1, 0)`,
    `INSERT INTO measure VALUES ('p1', 'getmeas', '2', 'weight', -1, 1700000000, 71.5, 'scale', 'device', 1700000000, 0, 2, 2)`,
    `INSERT INTO measure VALUES ('p1', 'getmeas', '3', 'weight', -1, 1700000100, 90.1, 'scale', 'ambiguous', 1700000100, 0, 3, 3)`,
    `INSERT INTO latest VALUES ('p1', 'weight', -1, 'scale', 'getmeas', '2', 1700000000, 71.5, 'device', 1700000000, 0)`,
    `INSERT INTO latest VALUES ('p1', 'weight', -1, 'scale', 'getmeas', '3', 1700000100, 90.1, 'ambiguous', 1700000100, 1)`,
    `INSERT INTO presence VALUES ('mat', 'p1', 1, 1700000000, 'webhook')`,
    `INSERT INTO consumer VALUES ('homekit', 2, 1700000000000)`,
    `INSERT INTO sync_cursor VALUES ('p1', 'getmeas', 1700000000, NULL, 3, 3, 1600000000, 1600000900)`,
    `INSERT INTO left_out VALUES ('out', 1700000000)`,
    `UPDATE revision SET revision = 3`,
  ])
    yield* sql.unsafe(statement)
})

const found = Effect.gen(function* () {
  const { descriptors, persons, revision } = yield* (yield* HouseholdFeed).current
  const weights = yield* (yield* History).range({
    personId: PersonId("p1"),
    feature: "weight",
    from: 0,
    to: 2_000_000_000,
  })
  return {
    revision,
    persons: persons.map(({ name, standing }) => `${name} ${standing.state}`),
    devices: descriptors.map(({ deviceClass }) => deviceClass).toSorted(),
    weights: weights.map(({ value }) => value),
    weight: descriptors.flatMap(({ features }) => features).find(({ key }) => key === "weight")?.reading
      ?.value,
    consumers: (yield* (yield* HouseholdFeed).consumers).map(({ name, revision }) => `${name} ${revision}`),
  }
})

await onEveryStore((store) => {
  describe("a store of every earlier format", () => {
    it.scopedLive.each(formats.filter((format) => format >= firstReleased))(
      "opens with everything in it (format %d)",
      (format) =>
        Effect.gen(function* () {
          const config = configFor("http://127.0.0.1:9", yield* store.newStore)
          const url = config.store
          const client =
            url === undefined ? SqliteClient.layer(join(config.home, "bridge.db")) : PostgresClient.layer(url)
          yield* upTo(firstReleased).pipe(
            Effect.zipRight(household),
            Effect.zipRight(upTo(format)),
            Effect.provide(Layer.fresh(client)),
          )
          assert.deepStrictEqual(yield* Effect.provide(found, Bridge.layerFollower(config)), {
            revision: Revision(3),
            persons: ["Ann needs-sign-in"],
            devices: ["household", "person", "scale", "sleep-monitor"],
            weights: [72.5, 71.5],
            weight: 71.5,
            consumers: ["homekit 2"],
          })
        }),
    )
  })
})
