import { assert, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { existsSync, readFileSync, renameSync } from "node:fs"
import { join } from "node:path"
import type { BridgeConfig } from "../src/BridgeConfig.ts"
import type { PersonId } from "../src/measure/Person.ts"
import { HouseholdStore } from "../src/store/HouseholdStore.ts"
import { Troubles } from "../src/trouble/Troubles.ts"
import { HomeKey } from "../src/withings/account/HomeKey.ts"
import { PersonStore } from "../src/withings/account/PersonStore.ts"
import { SignIn } from "../src/withings/account/SignIn.ts"
import { tokenPair } from "../src/withings/account/TokenPair.ts"
import { TokenStore } from "../src/withings/account/TokenStore.ts"
import { onEveryStore } from "./postgres.ts"
import { signedIn } from "./signedIn.ts"
import { configFor, withingsLayer } from "./withingsLayer.ts"

/** One process. */
const processOn = (config: BridgeConfig) =>
  Layer.merge(HomeKey.layer, Layer.provideMerge(HomeKey.layerTrouble, Troubles.layer)).pipe(
    Layer.provideMerge(HouseholdStore.layer),
    Layer.provideMerge(withingsLayer(config)),
    Layer.fresh,
  )

const refreshOf = (personId: PersonId) =>
  Effect.flatMap(TokenStore, (tokens) =>
    Effect.map(tokens.read(personId), (row) =>
      row?.current === null || row === null ? null : Redacted.value(row.current.refresh),
    ),
  )

const signAnnIn = Effect.gen(function* () {
  const { id } = yield* (yield* PersonStore).keep(signedIn("7", "Ann"))
  yield* (yield* TokenStore).put(id, tokenPair("access", "refresh"), 10_800)
  return id
})

await onEveryStore((store) => {
  it.live("a changed key seals every token anew, also for a process that runs on", () =>
    Effect.gen(function* () {
      const config = configFor("http://127.0.0.1:9", {
        ...(yield* store.newStore),
        clientId: "client",
      })
      const path = join(config.home, "key")
      yield* Effect.gen(function* () {
        const ann = yield* signAnnIn
        const before = readFileSync(path, "utf8").trim()
        assert.strictEqual(
          yield* Effect.provide(
            Effect.flatMap(HomeKey, ({ rotate }) => rotate),
            processOn(config),
          ),
          1,
        )
        const [newest, earlier] = readFileSync(path, "utf8").trim().split("\n")
        assert.notStrictEqual(newest, before)
        assert.strictEqual(earlier, before)
        assert.strictEqual(yield* refreshOf(ann), "refresh")
        assert.strictEqual(yield* Effect.provide(refreshOf(ann), processOn(config)), "refresh")
        yield* Effect.provide(
          Effect.flatMap(HomeKey, ({ rotate }) => rotate),
          processOn(config),
        )
        assert.notInclude(readFileSync(path, "utf8"), before)
        assert.strictEqual(yield* refreshOf(ann), "refresh")
      }).pipe(Effect.provide(processOn(config)))
    }),
  )

  it.live("a lost key is a trouble, and no new one is made in its place", () =>
    Effect.gen(function* () {
      const config = configFor("http://127.0.0.1:9", {
        ...(yield* store.newStore),
        clientId: "client",
      })
      const path = join(config.home, "key")
      const ann = yield* Effect.provide(signAnnIn, processOn(config))
      renameSync(path, `${path}.away`)
      const codes = Effect.flatMap(Troubles, ({ current }) =>
        Effect.map(current, (all) => all.map(({ code }) => code)),
      )
      yield* Effect.gen(function* () {
        assert.deepStrictEqual(yield* codes, ["key-missing"])
        const error = yield* Effect.flip((yield* SignIn).start({}))
        assert.include(error.message, "key")
        assert.isFalse(existsSync(path))
        assert.isNull(yield* refreshOf(ann))
        renameSync(`${path}.away`, path)
        assert.strictEqual(yield* refreshOf(ann), "refresh")
        renameSync(path, `${path}.away`)
        yield* (yield* HomeKey).replaceLost
        assert.include((yield* Effect.flip((yield* HomeKey).rotate)).message, "right key")
        yield* (yield* SignIn).start({})
      }).pipe(Effect.provide(processOn(config)))
    }),
  )
})
