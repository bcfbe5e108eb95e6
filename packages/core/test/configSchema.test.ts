import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Ajv } from "ajv"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { flatten, readSettings } from "../src/config/readSettings.ts"
import { settingKeys } from "../src/config/settings.ts"

const docs = fileURLToPath(new URL("../../../docs/", import.meta.url))
const schema: unknown = JSON.parse(readFileSync(join(docs, "public/config.schema.json"), "utf8"))
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(Object(schema))

/** Where the schema finds fault with a configuration. */
const faults = (config: unknown) =>
  validate(config) ? [] : (validate.errors ?? []).map(({ instancePath }) => instancePath)

/** Blocks of YAML in the guides that show a part of `config.yaml`. */
const examples = readdirSync(docs).flatMap((name) =>
  name.endsWith(".md")
    ? [...readFileSync(join(docs, name), "utf8").matchAll(/```yaml\n(.*?)```/gsu)].flatMap(([, text = ""]) =>
        /^(?:withings|hub|rules|matter|gladys|console|backup):/mu.test(text) ? [{ name, text }] : [],
      )
    : [],
)

describe("config.schema.json", () => {
  it("takes every example of the guides", () => {
    expect(examples.length).toBeGreaterThan(4)
    expect(examples.flatMap(({ name, text }) => faults(parse(text)).map((at) => `${name}${at}`))).toEqual([])
  })

  it.each([
    ["withings: { pol_every: 300 }", "/withings"],
    ["withings: { poll_every: 0 }", "/withings/poll_every"],
    ["withings: { webhook: { port: 99999 } }", "/withings/webhook/port"],
    ["withings: { beds: [{ bed: Ann, unknown: empty }] }", "/withings/beds/0/unknown"],
    ["withings: { weight_ranges: [Ann] }", "/withings/weight_ranges/0"],
    ["rules: [{ name: Heavy, when: abov, measure: weight, value: 75 }]", "/rules/0"],
    ["rules: [{ name: Heavy, when: above, measure: weight }]", "/rules/0"],
    ["console: { port: high }", "/console/port"],
    ["matter: { log_level: loud }", "/matter/log_level"],
    ["backup: { keep: 0 }", "/backup/keep"],
  ])("finds the mistake in %s", (text, at) => {
    expect(faults(parse(text))).toContain(at)
  })

  it("takes keys that are not filled in yet", () => {
    expect(faults(parse("withings:\n  client_id:\n  bed_unknown:\n  webhook:\nrules:\nconsole:\n"))).toEqual(
      [],
    )
  })

  const tried = [0, 1, 300, 99_999, -1, 1.5, "x", "https://home.example", "esc-2024", "all", "last", true]
  const lists = [["Ann"], ["Ann 55-70"], [{ bed: "Ann", clear_after: 60 }], [{ bed: 1 }], {}, [[]]]

  it.each(settingKeys.filter((key) => !key.startsWith("hub.")))("takes only what is read: %s", (key) => {
    const [group = "", inner] = key.split(".")
    const taken = [...tried, ...lists].filter((value) => {
      const section = { [group]: inner === undefined ? value : { [inner]: value } }
      if (faults({ withings: section }).length > 0) return false
      const source = { name: "config.yaml", entries: flatten(section), nameOf: (name: string) => name }
      expect({ value, mistakes: readSettings([source]).mistakes }).toEqual({ value, mistakes: [] })
      return true
    })
    // Only `store` has an address that is not among those tried.
    expect(taken.length > 0).toBe(key !== "store")
  })
})
