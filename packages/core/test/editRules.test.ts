import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Layer } from "effect"
import { chmodSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Bridge, BridgeConfig, HouseholdRules, RulePreview } from "../src/index.ts"
import { configFor, newHome } from "./withingsLayer.ts"

const heavy = { name: "Heavy", when: "above", measure: "weight", value: 75 }

/** A form keeps what was entered for another condition, and empties fields to "". */
const asInForm = { ...heavy, to: 90, time: "23:30", person: "", hysteresis: null }

const layerOn = (home: string) => Layer.fresh(Bridge.layerFollower(configFor("http://127.0.0.1:9", { home })))

const namesNow = Effect.map(
  Effect.flatMap(HouseholdRules, ({ current }) => current),
  ({ mistakes, rules }) => [...rules.map(({ name }) => name), ...mistakes.map(({ key }) => key)],
)

describe("editing the rules of a household", () => {
  it.live("what a form saves is in config.yaml, and holds in a running process at once", () => {
    const home = newHome()
    const file = join(home, "config.yaml")
    writeFileSync(file, "withings: {client_id: a} # ours\n")
    return Effect.gen(function* () {
      const rules = yield* HouseholdRules
      assert.deepStrictEqual(yield* namesNow, [])
      yield* rules.save(asInForm, null)
      assert.deepStrictEqual(yield* namesNow, ["Heavy"])
      const [written] = yield* rules.written
      assert.deepStrictEqual(written?.entry, heavy)
      yield* rules.save({ ...heavy, name: "Heavier", value: 80 }, written?.id ?? "")
      assert.deepStrictEqual(yield* namesNow, ["Heavier"])
      assert.include(readFileSync(file, "utf8"), "# ours")
      const [changed] = yield* rules.written
      yield* rules.remove(changed?.id ?? "")
      assert.deepStrictEqual(yield* namesNow, [])
      yield* BridgeConfig.loadWith({ home, env: {} })
    }).pipe(Effect.provide(layerOn(home)))
  })

  it.live("an invalid rule, or a second one of a name, is refused with its field", () => {
    const home = newHome()
    return Effect.gen(function* () {
      const rules = yield* HouseholdRules
      yield* rules.save(heavy, null)
      const refused = (entry: unknown, id: string | null) =>
        Effect.map(Effect.flip(rules.save(entry, id)), (error) =>
          error._tag === "RuleError" ? error.mistakes.map(({ path }) => path[0]) : error._tag,
        )
      assert.deepStrictEqual(yield* refused({ ...heavy, name: "Other", measure: "wieght" }, null), [
        "measure",
      ])
      assert.deepStrictEqual(yield* refused({ ...heavy, value: 80 }, null), ["name"])
      assert.deepStrictEqual(yield* refused(3, null), [undefined])
      assert.deepStrictEqual(yield* refused(heavy, "gone"), [])
      assert.isTrue(Exit.isFailure(yield* Effect.exit(rules.remove("gone"))))
      assert.deepStrictEqual(yield* namesNow, ["Heavy"])
      // A file with rules alone is whole: everything else may come from the environment.
      yield* BridgeConfig.loadWith({ home, env: {} })
    }).pipe(Effect.provide(layerOn(home)))
  })

  it.live("a change by hand is followed; while the file is no YAML the rules of before hold", () => {
    const home = newHome()
    const file = join(home, "config.yaml")
    const write = (content: string) => writeFileSync(file, content)
    return Effect.gen(function* () {
      const rules = yield* HouseholdRules
      write("rules: [{name: A, when: sign-in-needed}]\n")
      assert.deepStrictEqual(yield* namesNow, ["A"])
      write("rules: [{name: A, when: sign-in-needed}, {name: B, when: abov}]\n")
      assert.deepStrictEqual(yield* namesNow, ["A", "rules[1].when"])
      write("rules: [{name: A\n")
      assert.deepStrictEqual(yield* namesNow, ["A", "the file"])
      assert.strictEqual((yield* Effect.flip(rules.save(heavy, null)))._tag, "ConfigError")
      assert.strictEqual(readFileSync(file, "utf8"), "rules: [{name: A\n")
      write("rules: [{name: Cc, when: battery-low}]\n")
      assert.deepStrictEqual(yield* namesNow, ["Cc"])
    }).pipe(Effect.provide(layerOn(home)))
  })

  it.live.skipIf(process.getuid?.() === 0)("a file that cannot be written is told", () => {
    const home = newHome()
    return Effect.gen(function* () {
      const { save } = yield* HouseholdRules
      chmodSync(home, 0o500)
      const error = yield* Effect.ensuring(
        Effect.flip(save(heavy, null)),
        Effect.sync(() => chmodSync(home, 0o700)),
      )
      assert.strictEqual(error._tag, "ConfigError")
    }).pipe(Effect.provide(layerOn(home)))
  })

  it.live("an entry is previewed without being saved", () =>
    Effect.gen(function* () {
      const { previewEntry } = yield* RulePreview
      assert.deepStrictEqual(yield* previewEntry(asInForm), { mistakes: [], persons: [] })
      const wrong = yield* previewEntry({ ...heavy, measure: "wieght" })
      assert.deepStrictEqual(
        wrong.mistakes.map(({ path }) => path),
        [["measure"]],
      )
    }).pipe(Effect.provide(layerOn(newHome()))),
  )
})
