import { mkdtemp, readFile, readdir, rm } from "node:fs/promises"
import path from "node:path"
import { tmpdir } from "node:os"
import { pathToFileURL } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Ajv } from "ajv"
import { installPacked } from "./packedPlugin.ts"

/** What https://github.com/homebridge/plugins asks of a verified plugin, as far as a tarball alone can tell. */
describe("the packed plugin", () => {
  let folder: string
  let plugin: string
  let manifest: Record<string, unknown>

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "packed-"))
    plugin = await installPacked(folder)
    manifest = JSON.parse(await readFile(path.join(plugin, "package.json"), "utf8"))
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it("describes itself as a plugin has to", () => {
    expect(manifest).toMatchObject({
      name: expect.stringMatching(/^homebridge-[a-z-]+$/),
      displayName: expect.any(String),
      license: "MIT",
      author: { name: expect.any(String) },
      funding: expect.stringMatching(/^https:/),
      homepage: expect.stringMatching(/^https:/),
      bugs: { url: expect.stringMatching(/^https:/) },
      repository: { url: expect.stringMatching(/^git\+https:/) },
      keywords: expect.arrayContaining(["homebridge-plugin"]),
      engines: { homebridge: expect.stringContaining("^2"), node: expect.stringContaining("^24") },
    })
  })

  it("runs nothing at install, needs nothing else, and is not Homebridge itself", () => {
    const scripts = Object.keys(Object(manifest["scripts"]))
    expect(scripts.filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([])
    expect(manifest).not.toHaveProperty("dependencies")
    expect(manifest).not.toHaveProperty("peerDependencies")
  })

  it("has a form for its settings, a page, and a log of changes", async () => {
    const schema = JSON.parse(await readFile(path.join(plugin, "config.schema.json"), "utf8"))
    expect(schema).toMatchObject({ pluginAlias: "Withings", pluginType: "platform", customUi: true })
    expect(schema.schema.properties).toHaveProperty("name")
    expect(await readdir(plugin)).toEqual(
      expect.arrayContaining(["CHANGELOG.md", "LICENSE", "README.md", "dist", "homebridge-ui"]),
    )
    // The public checks compile the schema, so that `required: true` beside a property is refused.
    const isValid = new Ajv({ strict: false, allErrors: true }).compile(schema.schema)
    const block = { name: "Withings", values: "shared", language: "en" }
    expect(
      isValid({ ...block, rules: [{ name: "Heavy", when: "above", measure: "weight", value: 75 }] }),
    ).toBe(true)
    expect(isValid({ ...block, rules: [{ name: "Heavy" }] })).toBe(false)
  })

  it("does nothing when it is loaded but register its platform", async () => {
    const { default: register } = await import(pathToFileURL(path.join(plugin, "dist", "index.js")).href)
    const registered: Array<unknown> = []
    register({ registerPlatform: (...all: ReadonlyArray<unknown>) => registered.push(all.slice(0, 2)) })
    expect(registered).toEqual([["homebridge-withings", "Withings"]])
  })

  it("contains the licence of everything that it bundles", async () => {
    const notices = await readFile(path.join(plugin, "dist", "THIRD-PARTY-NOTICES.txt"), "utf8")
    const core = await readFile(new URL("../../../packages/core/package.json", import.meta.url), "utf8")
    const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(core)
    for (const name of [...Object.keys(dependencies), "@homebridge/plugin-ui-utils", "pg", "ws"])
      expect(notices).toContain(`\n${name} `)
    const parts = notices.split(/\n-{80}\n/).slice(1)
    // A few packages have no licence file: what their manifest says of it stands in its place.
    expect(parts.filter((part) => !/licen[cs]e|permission/i.test(part))).toEqual([])
  })
})
