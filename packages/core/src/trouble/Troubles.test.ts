import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Context, Effect, Layer, Logger, TestClock } from "effect"
import type { BridgeConfig } from "../BridgeConfig.ts"
import { onEveryStore } from "../../test/postgres.ts"
import { configFor } from "../../test/withingsLayer.ts"
import { signedIn } from "../../test/signedIn.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { layerStore } from "../store/Database.ts"
import { PersonStore } from "../withings/account/PersonStore.ts"
import { Troubles } from "./Troubles.ts"

const lines = (into: Array<string>) =>
  Logger.replace(
    Logger.defaultLogger,
    Logger.make(({ message }) => void into.push(String(message))),
  )

const processOn = (config: BridgeConfig) =>
  Troubles.layer.pipe(
    Layer.provideMerge(Layer.merge(HouseholdStore.layer, PersonStore.layer)),
    Layer.provideMerge(layerStore(config)),
    Layer.fresh,
    Layer.build,
  )

const brief = ({ about, code, since }: { about: string | null; code: string; since: number }) =>
  `${since} ${code} ${about}`

await onEveryStore((store) => {
  it.effect("one list for all processes, logged once when a trouble starts and once when it ends", () => {
    const said: Array<string> = []
    return Effect.gen(function* () {
      const config = configFor("http://127.0.0.1:9", yield* store.newStore)
      const one = Context.get(yield* processOn(config), Troubles)
      const two = Context.get(yield* processOn(config), Troubles)
      const port = { code: "port-taken", found: "Port 5540 is taken by another program." } as const
      yield* one.report(port)
      yield* TestClock.adjust("10 seconds")
      yield* one.report(port)
      yield* two.report({
        code: "device-missing",
        aboutId: "d1",
        about: "Body+",
        found: "Withings no longer lists it.",
      })
      const both = ["0 port-taken null", "10 device-missing Body+"]
      assert.deepStrictEqual((yield* one.current).map(brief), both)
      assert.deepStrictEqual((yield* two.current).map(brief), both)
      yield* one.resolve("port-taken")
      yield* one.resolve("port-taken")
      yield* one.resolve("device-missing", "d1")
      assert.deepStrictEqual((yield* two.current).map(brief), [both[1]])
      assert.deepStrictEqual(said, [
        "Port 5540 is taken by another program. Stop the other program, or choose another port in the settings. (port-taken)",
        "Body+: Withings no longer lists it. If it was sold or moved to another account, it will disappear from homes in some days. (device-missing)",
        "Resolved: Port 5540 is taken by another program.",
      ])
    }).pipe(Effect.scoped, Effect.provide(lines(said)))
  })

  it.effect("a process that ended, or died on another machine, leaves no trouble behind", () =>
    Effect.gen(function* () {
      const config = configFor("http://127.0.0.1:9", yield* store.newStore)
      const context = yield* processOn(config)
      const troubles = Context.get(context, Troubles)
      yield* Effect.scoped(
        Effect.flatMap(processOn(config), (other) =>
          Context.get(other, Troubles).report({ code: "port-taken", found: "Taken." }),
        ),
      )
      assert.deepStrictEqual(yield* troubles.current, [])
      const sql = Context.get(context, SqlClient.SqlClient)
      yield* sql`INSERT INTO trouble (code, about_id, holder, about, found, remedy, since, seen_at)
        VALUES ('port-taken', '', 'elsewhere/1//x', NULL, 'Taken.', 'Free it.', 0, 0)`
      assert.lengthOf(yield* troubles.current, 1)
      yield* TestClock.adjust("5 minutes")
      assert.deepStrictEqual(yield* troubles.current, [])
    }).pipe(Effect.scoped),
  )

  it.effect("where persons stand is part of it, and minutes without a network are not", () =>
    Effect.gen(function* () {
      const config = configFor("http://127.0.0.1:9", yield* store.newStore)
      const context = yield* processOn(config)
      const troubles = Context.get(context, Troubles)
      const persons = Context.get(context, PersonStore)
      const household = Context.get(context, HouseholdStore)
      const ann = yield* persons.keep(signedIn("7", "Ann"))
      const ben = yield* persons.keep(signedIn("8", "Ben"))
      const codes = Effect.map(troubles.current, (all) =>
        all.map(({ about, code }) => `${about} ${code}`).toSorted(),
      )
      yield* household.contacted(ben.id, { state: "offline", reason: "No network.", nextTry: 9 })
      yield* household.contacted(ann.id, { state: "needs-sign-in", reason: "It was refused.", nextTry: null })
      assert.deepStrictEqual(yield* codes, ["Ann sign-in-needed"])
      yield* TestClock.adjust("10 minutes")
      assert.deepStrictEqual(yield* codes, ["Ann sign-in-needed", "Ben withings-unreachable"])
    }).pipe(Effect.scoped),
  )
})
