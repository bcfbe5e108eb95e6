import { Effect, Exit } from "effect"
import { expect, it } from "vitest"
import { knownCommand } from "./knownCommand.ts"

const names = { all: ["people", "demo"], below: { demo: ["weigh", "bed-in"] } }
const run = (...words: ReadonlyArray<string>) =>
  Effect.runSyncExit(knownCommand(["node", "withings-bridge", ...words], names))

it("accepts known commands, and suggests one for an unknown command", () => {
  for (const words of [
    ["people", "extra"],
    ["demo"],
    ["demo", "weigh"],
    ["demo", "--home", "x"],
    ["--version"],
    ["--completions", "fish"],
  ])
    expect(Exit.isSuccess(run(...words))).toBe(true)
  expect(JSON.stringify(run("peopl"))).toContain('Did you mean \\"people\\"?')
  expect(JSON.stringify(run("demo", "weight"))).toContain('Did you mean \\"demo weigh\\"?')
  expect(JSON.stringify(run("--home", "x", "people"))).toContain("A command comes before `--home`")
  expect(JSON.stringify(run("--completions", "tcsh"))).toContain("bash, zsh, fish")
  expect(JSON.stringify(run("nonsense"))).toContain("withings-bridge --help")
})
