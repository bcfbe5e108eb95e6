import schema from "../config.schema.json" with { type: "json" }
import { FastCheck } from "effect"
import { describe, expect, it } from "vitest"
import { household, mat, now, scale } from "../test/sampleHousehold.ts"
import { languages, readSettings, ruleConditions, shownClasses, valueChoices } from "./settings.ts"
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
    [{ presense: true }, "presense there is no such setting"],
    [
      { rules: [{ name: "R", when: "above", value: 3 }] },
      'rules[0].measure "above" needs a measure, for example "weight"',
    ],
    [{ rules: [{ name: "R", when: "below", measure: "weight" }] }, 'rules[0].value "below" needs a number'],
    [{ rules: [{ when: "afib-found" }] }, "rules[0].name is missing"],
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

  it("keeps the good rules beside a bad one", () => {
    const { settings } = readSettings({
      rules: [
        { name: "A", when: "afib-found" },
        { name: "B", when: "sometimes" },
      ],
    })
    expect(settings.rules.map((rule) => rule.name)).toEqual(["A"])
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
              when: or(FastCheck.constantFrom(...ruleConditions)),
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
          const accessories = toHomeKit(household([scale, mat]), settings, now)
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
      ruleConditions,
    )
    const offered = Object.entries(properties).flatMap(([key, property]) =>
      key !== "name" && "default" in property ? [[key, property.default] as const] : [],
    )
    expect(defaults).toMatchObject(Object.fromEntries(offered))
  })
})

const defaults: Record<string, unknown> = { ...readSettings({}).settings }
