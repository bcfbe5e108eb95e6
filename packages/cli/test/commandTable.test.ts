import { spawnSync } from "node:child_process"
import { homes } from "@withings-bridge/homes"
import { describe, expect, it } from "vitest"
import { commandTable } from "../src/command/commandTable.ts"
import { runCommand } from "./commandInProcess.ts"

const rows = Object.values(commandTable(homes)).flatMap((group) => [...group])

/** What bash offers after these words. */
const offered = (script: string, ...words: ReadonlyArray<string>) => {
  const asked = `
    complete_with=$(complete -p withings-bridge | sed 's/.* -F \\([^ ]*\\).*/\\1/')
    COMP_WORDS=(withings-bridge ${words.join(" ")} ""); COMP_CWORD=${words.length + 1}
    "$complete_with" withings-bridge "" "${words.at(-1) ?? "withings-bridge"}"
    printf '%s\\n' "\${COMPREPLY[@]}"`
  const { status, stderr, stdout } = spawnSync("bash", ["-c", `${script}\n${asked}`], { encoding: "utf8" })
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" })
  return stdout.split("\n")
}

describe("the table of commands", () => {
  it("is the overview, within 80 columns", async () => {
    const { said } = await runCommand()
    const lines = said.split("\n")
    expect(lines.map((line) => line.trim().replace(/ {2,}/u, ": "))).toEqual(
      expect.arrayContaining(rows.map(({ summary, usage }) => `${usage}: ${summary}`)),
    )
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it.each(rows.map(({ name, summary }) => [name, summary]))("has the help of %s", async (name, summary) => {
    const { failed, said } = await runCommand(name, "--help")
    expect({ failed, said: said.replaceAll(/\s+/gu, " ") }).toEqual({
      failed: false,
      said: expect.stringContaining(summary),
    })
    expect(said).toContain(`withings-bridge ${name}`)
  })

  it("is what bash completes, with what stands below a command", async () => {
    const { said } = await runCommand("--completions", "bash")
    expect(offered(said)).toEqual(expect.arrayContaining(rows.map(({ name }) => name)))
    for (const { below, name } of rows.filter(({ below }) => below.length > 0))
      expect(offered(said, name)).toEqual(expect.arrayContaining(below))
  })
})
