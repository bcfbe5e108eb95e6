import { describe, expect, it } from "vitest"
import { readFileSync } from "node:fs"
import { webhookKey } from "../src/integration/webhooks.ts"
import manifest from "../gladys-assistant-integration.json" with { type: "json" }

const folder = new URL("..", import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder))

const texts = (value: unknown): ReadonlyArray<Record<string, unknown>> =>
  typeof value !== "object" || value === null
    ? []
    : "en" in value
      ? [{ ...value }]
      : Object.values(value).flatMap(texts)

const known = new Set([
  ..."manifest_version type name description version docker_image gladys_version cover_image".split(" "),
  ..."config_schema actions transports categories webhooks".split(" "),
])

describe("what Gladys' store asks of the manifest", () => {
  it("has no field that a Gladys refuses", () => {
    expect(Object.keys(manifest).filter((key) => !known.has(key))).toEqual([])
    expect(manifest.manifest_version).toBe(1)
    expect(manifest.name.length).toBeGreaterThanOrEqual(3)
    expect(manifest.name.length).toBeLessThanOrEqual(30)
    expect(manifest.version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(manifest.docker_image).toMatch(/^[a-z0-9.-]+\/[a-z0-9._/-]+:[\w.-]+$/)
    expect(manifest.actions.length).toBeLessThanOrEqual(10)
  })

  it("says everything in English and French, within its bounds", () => {
    for (const text of texts(manifest)) expect(Object.keys(text).toSorted()).toEqual(["en", "fr"])
    for (const text of Object.values(manifest.description)) {
      expect(text.length).toBeGreaterThanOrEqual(10)
      expect(text.length).toBeLessThanOrEqual(100)
    }
    for (const section of manifest.config_schema.filter(({ type }) => type === "section")) {
      for (const text of Object.values(section.description ?? {}))
        expect(text.length).toBeLessThanOrEqual(1000)
      for (const { url } of section.links ?? []) expect(url).toMatch(/^https:\/\//)
      expect(
        Object.keys(section).filter((key) => ["required", "default", "placeholder"].includes(key)),
      ).toEqual([])
    }
  })

  it("asks for keys and times that Gladys takes", () => {
    const actions = manifest.actions
    const inActions = actions.flatMap(({ fields }): ReadonlyArray<{ readonly key: string }> => fields ?? [])
    const fields = [...manifest.config_schema, ...inActions, ...actions]
    for (const { key } of fields) expect(key).toMatch(/^[a-z0-9_]+$/)
    for (const { timeout_seconds } of actions) {
      expect(timeout_seconds).toBeGreaterThanOrEqual(5)
      expect(timeout_seconds).toBeLessThanOrEqual(120)
    }
  })

  it("asks for the webhooks that the integration hears", () => {
    expect(manifest.webhooks.map(({ key, mode }) => ({ key, mode }))).toEqual([
      { key: webhookKey, mode: "fire_and_forget" },
    ])
  })

  it("comes with two documents that are long enough", () => {
    for (const language of ["en", "fr"]) expect(read(`docs/${language}.md`).length).toBeGreaterThan(300)
  })

  it("comes with a cover of the one right size", () => {
    const cover = read("cover.png")
    expect([cover.readUInt32BE(16), cover.readUInt32BE(20)]).toEqual([800, 534])
    expect(cover.length).toBeLessThanOrEqual(150 * 1024)
  })
})
