import schema from "../config.schema.json" with { type: "json" }
import { conditions, languages } from "@withings-bridge/core"
import { FastCheck } from "effect"
import { describe, expect, it } from "vitest"
import { household, mat, scale } from "../test/sampleHousehold.ts"
import { mistakeText, readSettings, shownClasses, strangers, table, valueChoices } from "./settings.ts"
import { toHomeKit } from "./toHomeKit.ts"

const mistakesOf = (block: unknown) => readSettings(block).mistakes.map(mistakeText)

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
    [{ presence: "yes" }, "presence", '"yes"', "true or false"],
    [{ pollMinutes: 0 }, "pollMinutes", "0", "a whole number of minutes, 1 to 1440"],
    [{ language: "de" }, "language", '"de"', "one of en, fr"],
    [{ standIns: [{ measure: "weight" }] }, "standIns[0].as", "nothing", "one of lux, humidity"],
    [{ standIns: ["weight"] }, "standIns[0]", '"weight"', "a stand-in, like {measure: weight, as: lux}"],
    [{ webhook: { port: 1.5 } }, "webhook.port", "1.5", "a port, 0 to 65535"],
    [{ devices: ["fridge"] }, "devices[0]", '"fridge"', `one of ${shownClasses.join(", ")}`],
    [{ people: "Ann" }, "people", '"Ann"', "a list: a name each"],
  ])("names the setting and what is wanted: %j", (block, setting, found, wanted) => {
    expect(mistakesOf(block)).toEqual([`The setting "${setting}" is ${found}, but has to be ${wanted}.`])
  })

  it("names a key that it does not know, and an address that is none", () => {
    expect(mistakesOf({ presense: true })).toEqual([expect.stringContaining('"presense" is an unknown key')])
    expect(mistakesOf({ callbackUrl: "my house" })).toEqual([
      expect.stringContaining("beginning with http://"),
    ])
  })

  it("names the measure of a stand-in that was probably meant, and keeps the good one beside it", () => {
    const block = {
      standIns: [
        { measure: "wieght", as: "lux" },
        { measure: "meastype-999", as: "lux", person: "" },
      ],
    }
    expect(mistakesOf(block)).toEqual([
      expect.stringContaining('"standIns[0].measure" is "wieght", but has to be weight, probably'),
    ])
    expect(readSettings(block).settings.standIns).toEqual([
      { measure: "meastype-999", as: "lux", person: null },
    ])
  })

  it("names persons of rules and stand-ins whom nobody knows, once someone is known", () => {
    const { settings } = readSettings({
      rules: [{ name: "A", when: "afib-found", person: "Bobb" }],
      standIns: ["Anne", "Zoltan", "Ann", null].map((person) => ({ measure: "steps", as: "lux", person })),
    })
    expect(strangers(settings, ["Ann", "Bob"])).toEqual([
      'The rule "A" is for "Bobb", which is nobody\'s name. Perhaps "Bob" is meant.',
      'The stand-in of steps is for "Anne", which is nobody\'s name. Perhaps "Ann" is meant.',
      'The stand-in of steps is for "Zoltan", which is nobody\'s name.',
    ])
    expect(strangers(settings, [])).toEqual([])
  })

  it("takes an entry that a form left empty for nothing", () => {
    const { mistakes, settings } = readSettings({ people: ["Ann", "", null], devices: [""] })
    expect(mistakes).toEqual([])
    expect(settings).toMatchObject({ people: ["Ann"], devices: [] })
  })

  it("never repeats a secret, not even a mistyped one", () => {
    expect(mistakesOf({ clientSecret: ["hunter2"] }).join()).not.toContain("hunter2")
    expect(mistakesOf({ clientSecret: { a: "hunter2" } }).join()).not.toContain("hunter2")
    expect(mistakesOf({ clientSecret: "hunter2".repeat(500) }).join()).not.toContain("hunter2")
  })

  it("keeps the good rules beside a bad one, and says what was meant", () => {
    const { mistakes, settings } = readSettings({
      rules: [
        { name: "A", when: "afib-found" },
        { name: "B", when: "above", measure: "wieght", value: 3 },
      ],
    })
    expect(settings.rules.map((rule) => rule.name)).toEqual(["A"])
    expect(mistakes).toHaveLength(1)
    expect(mistakes[0]?.key).toBe("rules[1].measure")
    expect(mistakes[0]?.wanted).toContain("weight, probably")
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

describe("hundreds of random configurations", () => {
  it("crash nothing, and every mistake says where and why", () => {
    const homeKit = /^[\p{L}\p{N}][\p{L}\p{N}' ]{0,62}[\p{L}\p{N}]$/u
    FastCheck.assert(
      FastCheck.property(
        FastCheck.oneof({ weight: 9, arbitrary: anyBlock }, { weight: 1, arbitrary: anything }),
        (block) => {
          const { settings, mistakes } = readSettings(block)
          for (const { found, wanted } of mistakes) expect([found, wanted]).not.toContain("")
          const accessories = toHomeKit(household([scale, mat]), settings)
          expect(new Set(accessories.map((accessory) => accessory.id)).size).toBe(accessories.length)
          for (const accessory of accessories) {
            expect(accessory.name).toMatch(homeKit)
            for (const service of accessory.services) expect(service.name).toMatch(homeKit)
            const subtypes = accessory.services.map((service) => service.subtype)
            expect(new Set(subtypes).size).toBe(subtypes.length)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe("config.schema.json", () => {
  it("offers exactly the settings that are read", () => {
    const inSchema = Object.keys(schema.schema.properties).filter((key) => key !== "name")
    const read = new Set(Object.keys(table).map((key) => key.split(".")[0]))
    expect(inSchema.toSorted()).toEqual([...read].toSorted())
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

describe("the limits in config.schema.json", () => {
  const properties: Readonly<Record<string, object>> = schema.schema.properties
  const limited = Object.entries(table).flatMap(([path, { read }]) => {
    const shape: Readonly<Record<string, unknown>> = ("shape" in read ? read.shape : undefined) ?? {}
    return shape["minimum"] === undefined ? [] : [[path, shape] as const]
  })

  it.each(limited)("are those that are read: %s", (path, shape) => {
    const [key = "", inner] = path.split(".")
    const outer: object = properties[key] ?? {}
    const property = inner === undefined ? outer : Object(Object(outer).properties)[inner]
    // A port of 0 takes a free one, which is of use in tests alone.
    const minimum = inner === "port" ? 1 : shape["minimum"]
    expect(property).toMatchObject({ minimum, maximum: shape["maximum"] })
  })
})

const defaults: Record<string, unknown> = { ...readSettings({}).settings }
