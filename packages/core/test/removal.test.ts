import { SqlClient } from "@effect/sql"
import { assert, describe, it } from "@effect/vitest"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { Duration, Effect, Layer, Schedule } from "effect"
import {
  type BridgeConfig,
  History,
  HouseholdFeed,
  LeftOut,
  PersonRemoval,
  SyncStatus,
} from "../src/index.ts"
import { PersonId } from "../src/measure/Person.ts"
import { DueWork } from "../src/store/DueWork.ts"
import { layerStore } from "../src/store/Database.ts"
import { signIn } from "./authorize.ts"
import { onEveryStore } from "./postgres.ts"
import { unhurriedBridge } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

/** A bridge that can remove persons, and need not wait for the minute's allowance of requests. */
const removing = (config: BridgeConfig) =>
  Layer.provideMerge(PersonRemoval.layerResume, PersonRemoval.layer).pipe(
    Layer.provideMerge(unhurriedBridge(config)),
  )

const eventually = <A, E, R>(look: Effect.Effect<A, E, R>) =>
  look.pipe(Effect.retry(Schedule.spaced(Duration.millis(50))), Effect.timeout(Duration.seconds(120)))

const measuresOf = (personId: PersonId) =>
  Effect.map(
    Effect.flatMap(History, (history) => history.counts),
    (counts) =>
      counts.filter((one) => one.personId === personId).reduce((sum, { measures }) => sum + measures, 0),
  )

const keysOf = (config: BridgeConfig, personId: PersonId) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rows = yield* sql<{ source: string; grp: string; kind: string; position: number }>`
      SELECT source, grp, kind, position FROM measure WHERE person_id = ${personId}`
    return rows.map(({ grp, kind, position, source }) => `${source} ${grp} ${kind} ${position}`)
  }).pipe(Effect.provide(Layer.fresh(layerStore(config))))

/** How to see that nothing of them was deleted meanwhile. More may come at any time, as minutes of the last days do. */
const measuresKept = (config: BridgeConfig, personId: PersonId) =>
  Effect.map(keysOf(config, personId), (before) =>
    Effect.map(keysOf(config, personId), (found) => {
      const after = new Set(found)
      assert.deepStrictEqual(
        before.filter((key) => !after.has(key)),
        [],
      )
    }),
  )

const historyComplete = (personId: PersonId) =>
  eventually(
    Effect.filterOrFail(
      Effect.flatMap(SyncStatus, (status) => status.progress),
      (all) => {
        const mine = all.filter((progress) => progress.personId === personId)
        return mine.length === 4 && mine.every((progress) => progress.finishedAt !== null)
      },
      () => "not complete yet",
    ),
  )

const nothingIsDue = eventually(
  Effect.gen(function* () {
    const due = yield* (yield* DueWork).all
    const soon = Date.now() / 1000 + 30
    return yield* due.every(({ at }) => at > soon) ? Effect.void : Effect.fail("something is due")
  }),
)

const names = Effect.map(
  Effect.flatMap(HouseholdFeed, (feed) => feed.current),
  ({ descriptors, persons }) => ({
    persons: persons.map(({ name }) => name).toSorted(),
    shown: [...new Set(descriptors.flatMap(({ personName }) => personName ?? []))].toSorted(),
  }),
)

/** As another process would ask the store. */
const sqlOf = <A, E>(config: BridgeConfig, ask: (sql: SqlClient.SqlClient) => Effect.Effect<A, E>) =>
  Effect.flatMap(SqlClient.SqlClient, ask).pipe(Effect.provide(Layer.fresh(layerStore(config))))

await onEveryStore((store) => {
  const withBothSignedIn = <A, E, R>(
    use: (they: {
      readonly simulator: Simulator
      readonly config: BridgeConfig
      readonly ann: string
      readonly ben: string
    }) => Effect.Effect<A, E, R>,
  ) =>
    Effect.acquireUseRelease(
      Effect.promise(() => startSimulator({ requestsPerMinute: 100_000, years: 0.05 })),
      (simulator) =>
        Effect.gen(function* () {
          const config = configFor(simulator.url, yield* store.newStore)
          return yield* Effect.gen(function* () {
            const [first = "", second = ""] = simulator.persons.map(({ name }) => name)
            const ann = yield* signIn(first, "Ann")
            const ben = yield* signIn(second, "Ben")
            yield* historyComplete(ann.id)
            yield* historyComplete(ben.id)
            // Else it would grow on while it is compared.
            yield* nothingIsDue
            return yield* use({ simulator, config, ann: ann.id, ben: ben.id })
          }).pipe(Effect.provide(removing(config)))
        }),
      (simulator) => Effect.promise(() => simulator.close()),
    )

  /** What is written anywhere in the store that names one of these ids: "table: row". */
  const tracesOf = (config: BridgeConfig, ids: ReadonlyArray<string>) =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const tables = yield* sql.onDialectOrElse({
        pg: () => sql<{ name: string }>`
          SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
        orElse: () => sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table'`,
      })
      const found = yield* Effect.forEach(tables, ({ name }) =>
        Effect.map(sql`SELECT * FROM ${sql(name)}`, (rows) =>
          rows
            .map((row) => `${name}: ${Object.values(row).join(" ")}`)
            .filter((row) => ids.some((id) => row.includes(id))),
        ),
      )
      // A lease stays, since its number must not begin again: see erasePerson.ts.
      return found.flat().filter((row) => !row.startsWith("lease: "))
    }).pipe(Effect.provide(Layer.fresh(layerStore(config))))

  /** The person leaves something out of all homes, and a rule and a bed have a state. Answers the ids of that. */
  const chooseFor = (config: BridgeConfig, personId: PersonId) =>
    Effect.gen(function* () {
      const { descriptors } = yield* Effect.flatMap(HouseholdFeed, (feed) => feed.current)
      const own = descriptors.filter((descriptor) => descriptor.personId === personId).map(({ id }) => id)
      assert.isAbove(own.length, 1)
      const choices = yield* LeftOut
      yield* Effect.forEach(own, (id) => choices.leaveOut(id))
      yield* Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        for (const key of [`rule 1 ${personId} 1a2b3c`, ...own.map((id) => `bed ${id}`)])
          yield* sql`INSERT INTO held_state (key, value, since) VALUES (${key}, 1, 0)`
      }).pipe(Effect.provide(Layer.fresh(layerStore(config))))
      return own
    })

  describe("removing a person", () => {
    it.live("signs them out, takes them out of every home and deletes every trace when asked to", () =>
      withBothSignedIn(({ ann, ben, config, simulator }) =>
        Effect.gen(function* () {
          const allKept = yield* measuresKept(config, PersonId(ben))
          const bens = yield* chooseFor(config, PersonId(ben))
          const anns = yield* chooseFor(config, PersonId(ann))
          const removal = yield* PersonRemoval
          assert.isAbove(yield* removal.remove(PersonId(ann), { history: "delete" }), 100)
          assert.deepStrictEqual((yield* names).persons, ["Ben"])
          assert.deepStrictEqual(yield* tracesOf(config, [ann, ...anns]), [])
          const kept = yield* tracesOf(config, bens)
          assert.lengthOf(
            kept.filter((row) => row.startsWith("left_out: ")),
            bens.length,
          )
          assert.lengthOf(
            kept.filter((row) => row.startsWith("held_state: bed ")),
            bens.length,
          )
          assert.deepStrictEqual(yield* removal.removed, [])
          yield* allKept
          assert.isTrue(
            simulator.requests.some(({ action, path }) => path === "/v2/oauth2" && action === "revoke"),
          )
        }),
      ),
    )

    it.live("keeps the history otherwise, and shows it again after the next sign-in", () =>
      withBothSignedIn(({ ann, config, simulator }) =>
        Effect.gen(function* () {
          const allKept = yield* measuresKept(config, PersonId(ann))
          const removal = yield* PersonRemoval
          assert.strictEqual(yield* removal.remove(PersonId(ann), { history: "keep" }), 0)
          assert.deepStrictEqual(yield* names, { persons: ["Ben"], shown: ["Ben"] })
          assert.deepStrictEqual(
            (yield* removal.removed).map(({ name }) => name),
            ["Ann"],
          )
          yield* allKept
          yield* signIn(simulator.persons[0]?.name ?? "", "Ann")
          yield* eventually(
            Effect.filterOrFail(
              names,
              ({ shown }) => shown.includes("Ann"),
              () => "not shown yet",
            ),
          )
          yield* allKept
          assert.deepStrictEqual(yield* removal.removed, [])
        }),
      ),
    )
  })

  describe("deleting a history", () => {
    it.live("keeps the sign-in and later measures", () =>
      withBothSignedIn(({ ann, ben, config, simulator }) =>
        Effect.gen(function* () {
          const allKept = yield* measuresKept(config, PersonId(ben))
          const removal = yield* PersonRemoval
          assert.isAbove(yield* removal.deleteHistory(PersonId(ann)), 100)
          assert.strictEqual(yield* measuresOf(PersonId(ann)), 0)
          yield* allKept
          assert.deepStrictEqual((yield* names).persons, ["Ann", "Ben"])
          yield* Effect.promise(() => simulator.weigh(simulator.persons[0]?.name ?? "", 72.4))
          const status = yield* SyncStatus
          const latest = Effect.flatMap(History, (history) => history.latest(PersonId(ann)))
          yield* eventually(
            status.request(PersonId(ann), "getmeas").pipe(
              Effect.zipRight(latest),
              Effect.filterOrFail(
                (all) => all.some(({ kind, value }) => kind === "weight" && value === 72.4),
                () => "not weighed yet",
              ),
            ),
          )
          // A reread of the last weeks brings nothing back.
          const now = Math.floor(Date.now() / 1000)
          yield* status.reread(PersonId(ann), "getmeas", { from: now - 30 * 86_400, to: now })
          yield* eventually(
            Effect.filterOrFail(
              status.waiting,
              (waiting) => waiting.length === 0,
              () => "still asked for",
            ),
          )
          assert.isBelow(yield* measuresOf(PersonId(ann)), 50)
        }),
      ),
    )

    it.live("reads everything again on request, also after a process died in the middle", () =>
      withBothSignedIn(({ ann, config }) =>
        Effect.gen(function* () {
          const before = yield* measuresOf(PersonId(ann))
          // The curves of the last two days begin some seconds later than when they were first read.
          const almostAll = 0.95 * before
          const allBack = eventually(
            Effect.filterOrFail(
              measuresOf(PersonId(ann)),
              (count) => count >= almostAll,
              (count) => `only ${count}`,
            ),
          )
          const removal = yield* PersonRemoval
          assert.isAtLeast(yield* removal.deleteHistory(PersonId(ann), { readAgain: true }), almostAll)
          yield* allBack

          const erasing = sqlOf(
            config,
            (sql) => sql<{ erasing: number }>`SELECT erasing FROM person WHERE id = ${ann}`,
          )
          // What a process leaves behind that was killed while it deleted.
          yield* sqlOf(config, (sql) => sql`UPDATE person SET erasing = 1 WHERE id = ${ann}`)
          yield* removal.resume
          assert.strictEqual(Number((yield* erasing)[0]?.erasing), 0)
          yield* allBack
        }),
      ),
    )
  })
})
