import { mkdtempSync, existsSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { homes } from "@withings-bridge/homes"
import { Effect, Fiber, Layer, Logger } from "effect"
import { afterAll, expect, it } from "vitest"
import { cli } from "../../packages/cli/src/command/cli.ts"
import { textFile } from "./textFile.ts"

const folder = mkdtempSync(join(tmpdir(), "one-file-home-"))
afterAll(() => rmSync(folder, { recursive: true }))
// Nothing answers there: the household stays empty.
const nowhere = {
  client_id: "id",
  client_secret: "secret",
  account_url: "http://127.0.0.1:1",
  api_url: "http://127.0.0.1:1",
}
writeFileSync(join(folder, "config.yaml"), JSON.stringify({ withings: nowhere, "text-file": { nam: "x" } }), {
  mode: 0o600,
})

const all = [...homes, textFile]

const withingsBridge = (...words: ReadonlyArray<string>) => {
  const lines: Array<string> = []
  const keep = (...said: ReadonlyArray<unknown>) => Effect.sync(() => void lines.push(said.join(" ")))
  const program = Effect.consoleWith((console) =>
    cli(["node", "withings-bridge", ...words], all).pipe(
      Effect.withConsole({ ...console, log: keep, error: keep }),
      Effect.provide(Layer.merge(NodeContext.layer, Logger.remove(Logger.defaultLogger))),
    ),
  )
  return { program, lines }
}

const saidBy = async (...words: ReadonlyArray<string>) => {
  const { lines, program } = withingsBridge(...words)
  await Effect.runPromise(Effect.ignore(program))
  return lines.join("\n")
}

it("needs only one row to be in the command line", async () => {
  expect(await saidBy()).toContain("--text-file")
  expect(await saidBy("run", "--help")).toContain("A text file with the newest values")
  expect(await saidBy("check-config", "--home", folder)).toMatch(/text-file\.nam[^]*an unknown key/u)
})

it("runs like the other homes, and reset removes its file", async () => {
  writeFileSync(join(folder, "config.yaml"), JSON.stringify({ withings: nowhere }), { mode: 0o600 })
  const fiber = Effect.runFork(withingsBridge("run", "--text-file", "--home", folder).program)
  const file = join(folder, "household.txt")
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 25))
  await Effect.runPromise(Fiber.interrupt(fiber))
  expect(await saidBy("reset", "--all", "--yes", "--home", folder)).toContain("Removed")
  expect(existsSync(file)).toBe(false)
})
