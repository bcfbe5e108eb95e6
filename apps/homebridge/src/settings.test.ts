import schema from "../config.schema.json" with { type: "json" }
import { conditions } from "@withings-bridge/core"
import { FastCheck } from "effect"
import { describe, expect, it } from "vitest"
import { household, mat, scale } from "../test/sampleHousehold.ts"
import { ownRules } from "./ownRules.ts"
import { languages, readSettings, shownClasses, valueChoices } from "./settings.ts"
import { toHomeKit } from "./toHomeKit.ts"

const mistakesOf = (block: unknown) =>
  readSettings(block).mistakes.map((mistake) => `${mistake.setting} ${mistake.reason}`)

describe("readSettings", () => {
  it("has defaults that an ordinary home wants: presence, batteries, buttons", () => {
    expect(readSettings({ platform: "Withings", name: "Withings" })).toMatchObject({
      settings: {
        presence: true,
        batteries: true,
        buttons: true,
        bodyTemperature: false,
        rules: [],
        standIns: [],
      },
      mistakes: [],
    })
  })

  it("takes an emptied field for one that is not set", () => {
    expect(mistakesOf({ clientId: "", home: null, rules: null, pollMinutes: "", webhook: {} })).toEqual([])
  })

  it.each([
    [{ presence: "yes" }, 'presence has to be true or false, not "yes"'],
    [{ pollMinutes: 0 }, "pollMinutes has to be a whole number from 1 to 1440, not 0"],
    [
      { callbackUrl: "my house" },
      'callbackUrl has to be an address beginning with https:// or http://, not "my house"',
    ],
    [{ language: "de" }, 'language has to be one of en, fr, not "de"'],
    [{ presense: true }, "presense is not known to this plugin"],
    [{ standIns: [{ measure: "weight" }] }, "standIns[0].as is missing: it has to be one of lux, humidity"],
    [{ standIns: ["weight"] }, 'standIns[0] has to be a group of settings, not "weight"'],
    [
      { webhook: { publicUrl: "https://a.example", port: 1.5 } },
      "webhook.port has to be a whole number from 1 to 65535, not 1.5",
    ],
    [{ devices: ["fridge"] }, `devices[0] has to be one of ${shownClasses.join(", ")}, not "fridge"`],
  ])("names the setting and the reason: %j", (block, sentence) => {
    expect(mistakesOf(block)).toEqual([sentence])
  })

  it("never repeats a secret, not even a mistyped one", () => {
    expect(mistakesOf({ clientSecret: ["hunter2"] }).join()).not.toContain("hunter2")
    expect(mistakesOf({ clientSecret: { a: "hunter2" } }).join()).not.toContain("hunter2")
    expect(mistakesOf({ clientSecret: "hunter2".repeat(500) }).join()).not.toContain("hunter2")
  })

  it("keeps the good rules beside a bad one, and says what was meant", () => {
    const { settings } = readSettings({
      rules: [
        { name: "A", when: "afib-found" },
        { name: "B", when: "above", measure: "wieght", value: 3 },
      ],
    })
    const { mistakes, rules } = ownRules(settings)
    expect(rules.map((rule) => rule.name)).toEqual(["A"])
    expect(mistakes).toHaveLength(1)
    expect(mistakes[0]?.setting).toBe("rules[1].measure")
    expect(mistakes[0]?.reason).toContain("weight, probably")
  })
})

const anything = FastCheck.anything({ maxDepth: 3 })
const or = <A>(valid: FastCheck.Arbitrary<A>) =>
  FastCheck.oneof({ weight: 3, arbitrary: valid }, { weight: 1, arbitrary: anything })
const word = FastCheck.constantFrom(
  "weight",
  "steps",
  "afib",
  "Ann",
  "Bob",
  "__proto__",
  "Body+ (№ 2)",
  "",
  "é",
)

const anyBlock = FastCheck.record(
  {
    platform: FastCheck.constant("Withings"),
    clientId: or(word),
    clientSecret: or(word),
    callbackUrl: or(FastCheck.webUrl()),
    home: or(word),
    people: or(FastCheck.array(or(word))),
    pollMinutes: or(FastCheck.integer({ min: -5, max: 2000 })),
    webhook: or(
      FastCheck.record(
        { publicUrl: or(FastCheck.webUrl()), port: or(FastCheck.integer()) },
        { requiredKeys: [] },
      ),
    ),
    presence: or(FastCheck.boolean()),
    anyoneInBed: or(FastCheck.boolean()),
    batteries: or(FastCheck.boolean()),
    buttons: or(FastCheck.boolean()),
    values: or(FastCheck.constantFrom(...valueChoices)),
    bodyTemperature: or(FastCheck.boolean()),
    carbonDioxideAbove: or(FastCheck.double()),
    devices: or(FastCheck.array(or(FastCheck.constantFrom(...shownClasses)))),
    rules: or(
      FastCheck.array(
        or(
          FastCheck.record(
            {
              name: or(word),
              person: or(word),
              when: or(FastCheck.constantFrom(...Object.keys(conditions))),
              measure: or(word),
              value: or(FastCheck.double()),
            },
            { requiredKeys: [] },
          ),
        ),
      ),
    ),
    standIns: or(
      FastCheck.array(
        or(FastCheck.record({ measure: or(word), as: or(FastCheck.constantFrom("lux", "humidity")) })),
      ),
    ),
    language: or(FastCheck.constantFrom(...languages)),
  },
  { requiredKeys: [] },
)

describe("a thousand random configurations", () => {
  it("crash nothing, and every mistake says where and why", () => {
    const homeKit = /^[\p{L}\p{N}][\p{L}\p{N}' ]{0,62}[\p{L}\p{N}]$/u
    FastCheck.assert(
      FastCheck.property(
        FastCheck.oneof({ weight: 9, arbitrary: anyBlock }, { weight: 1, arbitrary: anything }),
        (block) => {
          const { settings, mistakes } = readSettings(block)
          for (const { setting, reason } of mistakes)
            expect([setting === "" ? "?" : setting, reason]).not.toContain("")
          const accessories = toHomeKit(household([scale, mat]), settings)
          for (const { reason } of ownRules(settings).mistakes) expect(reason).not.toBe("")
          expect(new Set(accessories.map((accessory) => accessory.id)).size).toBe(accessories.length)
          for (const accessory of accessories) {
            expect(accessory.name).toMatch(homeKit)
            for (const service of accessory.services) expect(service.name).toMatch(homeKit)
            const subtypes = accessory.services.map((service) => service.subtype)
            expect(new Set(subtypes).size).toBe(subtypes.length)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe("config.schema.json", () => {
  it("offers exactly the settings that are read", () => {
    const inSchema = Object.keys(schema.schema.properties).filter((key) => key !== "name")
    const { settings } = readSettings({})
    expect(inSchema.toSorted()).toEqual(Object.keys(settings).toSorted())
  })

  it("offers the choices and defaults that are read", () => {
    const { properties } = schema.schema
    expect(properties.values.oneOf.flatMap((choice) => choice.enum)).toEqual(valueChoices)
    expect(properties.devices.items.enum).toEqual(shownClasses)
    expect(properties.rules.items.properties.when.oneOf.flatMap((choice) => choice.enum)).toEqual(
      Object.keys(conditions),
    )
    const offered = Object.entries(properties).flatMap(([key, property]) =>
      key !== "name" && "default" in property ? [[key, property.default] as const] : [],
    )
    expect(defaults).toMatchObject(Object.fromEntries(offered))
  })
})

const defaults: Record<string, unknown> = { ...readSettings({}).settings }
