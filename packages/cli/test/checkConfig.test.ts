import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, expect, it } from "vitest"

const cli = join(dirname(fileURLToPath(import.meta.url)), "../dist/main.js")
const home = mkdtempSync(join(tmpdir(), "withings-check-"))

const check = (content: string, ...options: ReadonlyArray<string>) => {
  writeFileSync(join(home, "config.yaml"), content, { mode: 0o600 })
  const command = [cli, "check-config", "--home", home, ...options]
  const { status, stderr, stdout } = spawnSync(process.execPath, command, { encoding: "utf8" })
  return { status, stdout, output: stdout + stderr }
}

afterAll(() => rmSync(home, { recursive: true, force: true }))

const withings = "withings:\n  client_id: id\n  client_secret: secret\n"

it("lists mistakes in Matter's section with the others", () => {
  const wrong = `${withings}  poll_every: often\nmatter:\n  port: 70000\n  body_temperature: yes\n`
  const { status, stdout } = check(wrong, "--json")
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    valid: false,
    mistakes: [
      { line: 4, key: "withings.poll_every" },
      { line: 6, key: "matter.port", found: "70000" },
      { line: 7, key: "matter.body_temperature", found: '"yes"' },
    ],
  })
  expect(check(wrong).output).toContain("3 mistakes to mend")
})

it("says that a correct configuration is in order", () => {
  const { output, status } = check(`${withings}matter: { port: 5541 }\n`)
  expect(output).toContain("The configuration is in order")
  expect(output).not.toContain("!")
  expect(status).toBe(0)
})

it("mentions the hub, but neither callback nor webhooks, for a home that follows one", () => {
  const { output, status } = check('hub: { url: "https://hub.example.org", key: hush }\n')
  expect(status).toBe(0)
  expect(output).toContain("https://hub.example.org")
  expect(output).not.toMatch(/Callback|polling|hush/u)
})
