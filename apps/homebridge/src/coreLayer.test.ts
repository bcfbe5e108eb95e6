import { dataSource } from "@withings-bridge/core"
import { Effect, Redacted } from "effect"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"
import { loadConfig } from "./coreLayer.ts"
import { readSettings } from "./settings.ts"

it("follows a hub with an invitation in Homebridge's settings, without an application at Withings", async () => {
  const { mistakes, settings } = readSettings({ hub: { url: "https://hub.example.org", key: "a key" } })
  expect(mistakes).toEqual([])
  const config = await Effect.runPromise(loadConfig(settings, mkdtempSync(join(tmpdir(), "storage-"))))
  const { hub } = config
  expect(hub?.url).toBe("https://hub.example.org")
  expect(Redacted.value(hub?.key ?? Redacted.make(""))).toBe("a key")
  expect(dataSource(config)?.kind).toBe("hub")
})
