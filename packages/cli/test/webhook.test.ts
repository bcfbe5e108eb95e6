import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { runCommand } from "./commandInProcess.ts"

describe("the command webhook", () => {
  let home = ""
  const config = () => readFileSync(join(home, "config.yaml"), "utf8")

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "withings-webhook-"))
    const withings = { client_id: "client", client_secret: "secret" }
    writeFileSync(join(home, "config.yaml"), JSON.stringify({ withings }), { mode: 0o600 })
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(home, { recursive: true })
  })

  it.each([
    ["http://192.168.1.4", "https://"],
    ["https://192.168.1.4", "IP address"],
    ["https://bridge.local", "your own network"],
    ["https://bridge.example.org:8443", "443 and 80 only"],
  ])("refuses %s as Withings does, and saves nothing", async (address, reason) => {
    const before = config()
    const { failed, said } = await runCommand("webhook", address, "--home", home)
    expect(failed).toBe(true)
    expect(said).toContain(reason)
    expect(config()).toBe(before)
  })

  it("saves an address, and reports that it does not answer", async () => {
    const { failed, said } = await runCommand("webhook", "https://bridge.invalid", "--home", home)
    expect(failed).toBe(false)
    expect(said).toContain("is in config.yaml, but")
    expect(config()).toContain("https://bridge.invalid")
  })

  it("lists every way to an address with its commands, the installed ones first", async () => {
    const bin = join(home, "bin")
    mkdirSync(bin)
    writeFileSync(join(bin, "cloudflared"), "")
    chmodSync(join(bin, "cloudflared"), 0o755)
    vi.stubEnv("PATH", bin)
    const { said } = await runCommand("webhook", "--home", home)
    const titles = said.split("\n").filter((line) => /installed(?: here)?$/u.test(line))
    expect(titles).toHaveLength(4)
    expect(titles[0]).toMatch(/^Cloudflare Tunnel .* installed here$/u)
    for (const step of ["tailscale funnel --bg 7334", "reverse_proxy 127.0.0.1:7334", "proxy_pass"])
      expect(said).toContain(step)
  })
})
