import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { loadGladysConfig } from "./GladysConfig.ts"

const folder = mkdtempSync(join(tmpdir(), "gladys-config-"))
afterAll(() => rmSync(folder, { recursive: true }))

it("reads arguments before the environment before config.yaml", () => {
  writeFileSync(join(folder, "config.yaml"), "gladys: {port: 1, host: 0.0.0.0, language: fr}")
  const env = { WITHINGS_GLADYS_PORT: "2", WITHINGS_GLADYS_LANGUAGE: "en" }
  expect(loadGladysConfig(["--port=3"], folder, env)).toMatchObject({
    port: 3,
    host: "0.0.0.0",
    language: "en",
  })
  expect(loadGladysConfig([], folder, {})).toMatchObject({ port: 1, language: "fr", integration: null })
})

it("says which setting is wrong, and what is wanted", () => {
  expect(() => loadGladysConfig([], folder, { WITHINGS_GLADYS_PORT: "often" })).toThrow(
    'WITHINGS_GLADYS_PORT: found "often", wanted a port, 0 to 65535',
  )
  expect(() => loadGladysConfig(["--language", "de"], folder, {})).toThrow(
    '--language: found "de", wanted en or fr',
  )
  expect(() => loadGladysConfig(["--prot", "1"], folder, {})).toThrow("Usage: withings-gladys")
})
