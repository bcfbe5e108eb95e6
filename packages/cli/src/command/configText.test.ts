import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { BridgeConfig } from "@withings-bridge/core"
import { Effect, Redacted } from "effect"
import { expect, it } from "vitest"
import { configText } from "./configText.ts"

it("writes what the core reads, whatever is in names and secrets", async () => {
  const home = mkdtempSync(join(tmpdir(), "withings-config-"))
  const secret = 'a"b: #c\\'
  writeFileSync(
    join(home, "config.yaml"),
    configText({
      clientId: "0123",
      clientSecret: secret,
      callbackUrl: "http://localhost:7333/callback",
      profiles: ["Ann", "Ben: the second", "é"],
    }),
  )
  const config = await Effect.runPromise(BridgeConfig.loadWith({ home, env: {} }))
  expect(config.clientId).toBe("0123")
  expect(Redacted.value(config.clientSecret)).toBe(secret)
  expect(config.profiles).toEqual(["Ann", "Ben: the second", "é"])
  rmSync(home, { recursive: true })
})
