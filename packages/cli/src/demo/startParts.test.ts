import { BridgeConfig, Bridge, type Part } from "@withings-bridge/core"
import { Effect } from "effect"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"
import { startParts } from "./startParts.ts"

it("goes on when no part could start", async () => {
  const home = mkdtempSync(join(tmpdir(), "withings-parts-"))
  const part: Part = {
    name: "broken",
    title: "Broken",
    about: "",
    settings: { table: {}, read: () => ({ settings: null, mistakes: [] }) },
    ports: () => [],
    keeps: [],
    run: () => Effect.fail({ message: "It is broken." }),
  }
  const settings = { seed: 1, homekit: { username: "", pin: "", setupId: "" }, ports: {} }
  const start = () => Effect.dieMessage("Nothing else is started.")
  const place = { home, settings, reserved: new Map(), parts: [part], loopback: true, start }
  const started = Effect.gen(function* () {
    const config = yield* BridgeConfig.loadWith({ home, env: {} })
    return yield* startParts(place, config).pipe(Effect.provide(Bridge.layerFollower(config)))
  })
  expect(await Effect.runPromise(Effect.scoped(started))).toEqual([])
  rmSync(home, { recursive: true })
})
