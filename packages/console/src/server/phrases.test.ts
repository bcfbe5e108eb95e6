import {
  BridgeConfig,
  type ConfigError,
  readRules,
  refusedByWithings,
  ruleForm,
  unreachableReasons,
} from "@withings-bridge/core"
import { Effect } from "effect"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { mistakeSaid, phraseOf } from "./phrases.ts"

/** A folder without a config.yaml. */
const noHome = join(tmpdir(), "withings-bridge-no-such-home")

/** The core's mistakes in settings. */
const mistakesOf = (settings: Readonly<Record<string, unknown>>) =>
  Effect.runSync(
    BridgeConfig.loadWith({ home: noHome, settings, settingsName: "what was entered" }).pipe(
      Effect.match({ onSuccess: () => [], onFailure: (error: ConfigError) => error.mistakes }),
    ),
  )

const untranslated = (all: ReadonlyArray<string>) => all.filter((one) => phraseOf(one) === null)

describe("the phrases of the core", () => {
  it("translate what a setting has to be", () => {
    const [unknown] = mistakesOf({ "no-such-key": 1 })
    const keys = (unknown?.wanted ?? "").replace(/^one of /, "").split(", ")
    expect(keys.length).toBeGreaterThan(20)
    const mistakes = keys.flatMap((key) => mistakesOf({ [key]: { wrong: true } }))
    const beds = mistakesOf({
      beds: [3, { bed: 3, occupied_after: -1, clear_after: -1, unknown: 3, x: 1 }, {}],
    })
    expect(mistakes.length).toBeGreaterThan(20)
    expect(untranslated([...mistakes, ...beds].map(({ wanted }) => wanted))).toEqual([])
  })

  it("translate what is wrong with a rule", () => {
    const fields = [ruleForm.always, ...ruleForm.conditions.map((one) => one.fields)].flat()
    expect(untranslated(fields.map(({ wanted }) => wanted))).toEqual([])
    const rule = { name: "A", when: "above", measure: "weight", value: 1 }
    const wrong = [
      7,
      { name: "B", when: "abov" },
      { ...rule, measure: "weigth" },
      { ...rule, valeu: 1 },
      { when: "above" },
      rule,
      rule,
    ]
    const mistakes = [wrong, "no list", Array.from({ length: 101 }, () => rule)].flatMap(
      (list) => readRules(list).mistakes,
    )
    expect(mistakes.length).toBeGreaterThan(8)
    expect(untranslated(mistakes.map(({ wanted }) => wanted))).toEqual([])
    const inWords = mistakes.map(({ found }) => found).filter((found) => !/^["\d]/u.test(found))
    expect(untranslated(inWords)).toEqual([])
  })

  it("translate why an address does not work", () => {
    const addresses = ["x", "http://a.example", "https://10.0.0.1", "https://a.local", "https://a.example:81"]
    const refused = [...addresses, `https://a.example/${"x".repeat(300)}`].map((one) =>
      refusedByWithings(one),
    )
    expect(refused).not.toContain(null)
    const answers = "it answers 404, so something else listens there or a proxy does not hand on"
    const said = [...refused.flatMap((one) => one ?? []), ...unreachableReasons, answers]
    expect(untranslated([...said, "it cannot be reached from here (EPIPE)"])).toEqual([])
  })

  it("are translated within each other, but values are not", () => {
    const mistake = { found: '"weigth"', wanted: "weight, probably; a number, 0 or more" }
    expect(mistakeSaid(mistake)).toEqual({
      message: 'found "weigth", wanted weight, probably; a number, 0 or more',
      french: 'trouvé : "weigth" ; attendu : sans doute weight ; un nombre, 0 ou plus',
      german: 'gefunden: "weigth"; erwartet: vermutlich weight; eine Zahl, mindestens 0',
    })
  })
})
