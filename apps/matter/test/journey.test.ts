import { join } from "node:path"
import { expect, it } from "vitest"
import { inNamespace } from "./namespace.ts"

const app = join(import.meta.dirname, "..")

it("lives with real controllers in a network of its own: see the journeys in test/*.inside.ts", () => {
  const { status, stdout, stderr } = inNamespace(
    ["vitest", "run", "--root", app, "--config", join(app, "test", "inside.config.ts")],
    app,
  )
  console.log(stdout)
  expect(status, `${stdout}\n${stderr}`).toBe(0)
}, 600_000)
