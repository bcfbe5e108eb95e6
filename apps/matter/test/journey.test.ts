import { join } from "node:path"
import { expect, it } from "vitest"
import { buildBridge } from "./BridgeProcess.ts"
import { inNamespace } from "./namespace.ts"

const app = join(import.meta.dirname, "..")

it("lives with real controllers in a network of its own: see the journeys in test/*.inside.ts", async () => {
  buildBridge()
  const config = join(app, "test", "inside.config.ts")
  const { status, output } = await inNamespace(["vitest", "run", "--root", app, "--config", config], app)
  console.log(output)
  expect(status).toBe(0)
}, 600_000)
