import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { networkInterfaces, tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { enter } from "../../console/test/startConsole.ts"
import { ticketLink } from "../../console/src/index.ts"
import { childrenOf, until } from "./RunningDemo.ts"
import { freePort } from "../../core/test/freePort.ts"

const cli = join(dirname(fileURLToPath(import.meta.url)), "../dist/main.js")

const loopback = Object.entries(networkInterfaces()).find(([, addresses]) =>
  addresses?.some(({ internal }) => internal),
)?.[0]

describe("run", () => {
  const home = mkdtempSync(join(tmpdir(), "withings-run-"))
  const started: Array<ChildProcess> = []
  let ports: Readonly<Record<"gladys" | "console" | "matter", number>>

  const environment = () => ({
    ...process.env,
    WITHINGS_GLADYS_PORT: String(ports.gladys),
    WITHINGS_CONSOLE_PORT: String(ports.console),
    WITHINGS_MATTER_PORT: String(ports.matter),
    ...(loopback === undefined ? {} : { WITHINGS_MATTER_INTERFACE: loopback }),
  })

  const run = (...options: ReadonlyArray<string>) => {
    const child = spawn(process.execPath, [cli, "run", "--home", home, ...options], {
      env: environment(),
      stdio: ["ignore", "pipe", "pipe"],
    })
    const said = { output: "" }
    const keep = (chunk: Buffer) => {
      said.output += chunk.toString()
    }
    child.stdout.on("data", keep)
    child.stderr.on("data", keep)
    started.push(child)
    const says = (what: RegExp) =>
      until(`${what} in:\n${said.output}`, () => {
        const found = what.exec(said.output)
        if (found === null && child.exitCode !== null) throw new Error(`It ended:\n${said.output}`)
        return found ?? undefined
      })
    return { child, said, says }
  }

  beforeAll(async () => {
    ports = { gladys: await freePort(), console: await freePort(), matter: await freePort() }
    const nowhere = `http://127.0.0.1:${await freePort()}`
    const withings = { client_id: "id", client_secret: "secret", account_url: nowhere, api_url: nowhere }
    writeFileSync(join(home, "config.yaml"), JSON.stringify({ withings }), { mode: 0o600 })
  })

  afterAll(async () => {
    for (const child of started) child.kill("SIGKILL")
    rmSync(home, { recursive: true, force: true })
  })

  it("prints the address of each part, in one process", async () => {
    const { child, said, says } = run("--matter", "--gladys", "--console")
    await says(new RegExp(`✓ Console +http://127.0.0.1:${ports.console}\n`, "u"))
    await says(new RegExp(`✓ Gladys +http://127.0.0.1:${ports.gladys}/docs\n`, "u"))
    await says(/✓ Matter +waits for a controller/u)
    await says(/Code {2}\d{4}-\d{3}-\d{4}/u)
    await says(/No public address for webhooks/u)

    const url = `http://127.0.0.1:${ports.console}`
    const headers = await enter(ticketLink(home, url, Date.now()))
    const homes = await fetch(`${url}/api/state`, { headers })
    expect(JSON.stringify(await homes.json())).toContain(`http://127.0.0.1:${ports.gladys}`)

    expect(childrenOf(child)).toEqual([])
    // The flags that keep its memory small, although it was started without any.
    const words = readFileSync(`/proc/${child.pid}/cmdline`, "utf8").split("\0")
    expect(words).toContain("--max-semi-space-size=2")

    const ended = once(child, "close")
    child.kill("SIGINT")
    expect(await ended).toEqual([0, null])
    expect(said.output.match(/No public address for webhooks/gu)).toHaveLength(1)
    expect(said.output).not.toMatch(/\{|timestamp=|^\d\d:\d\d:\d\d \d\d:/mu)
    expect(said.output.trimEnd()).toMatch(/Stopped\.$/u)
  })

  it("goes on without a home that cannot start, starts it as soon as possible, and prints each event as JSON", async () => {
    const server = createServer().listen(ports.gladys, "127.0.0.1")
    await once(server, "listening")
    const { child, said, says } = run("--gladys", "--console", "--json")
    await says(/"type":"ready".*"app":"console"/u)
    await says(/"type":"ended".*"how":"The Gladys bridge cannot listen/u)
    server.close()
    await says(/"type":"ready".*"again":true.*"app":"gladys"/u)

    const ended = once(child, "close")
    child.kill("SIGTERM")
    expect(await ended).toEqual([0, null])
    const events: ReadonlyArray<{ readonly type: string; readonly app?: string }> = said.output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
    expect(events[0]).toMatchObject({ type: "starting", apps: ["gladys", "console"] })
    expect(events.at(-1)).toMatchObject({ type: "stopped" })
    expect(events.filter(({ app, type }) => app === "console" && type === "ended")).toEqual([])
  })

  it("ends with the reason when nothing can start", async () => {
    const server = createServer().listen(ports.gladys, "127.0.0.1")
    await once(server, "listening")
    const { child, said } = run("--gladys")
    const [code] = await once(child, "close")
    server.close()
    expect(code).toBe(1)
    expect(said.output).toContain(
      `Gladys could not start: The Gladys bridge cannot listen on 127.0.0.1:${ports.gladys}`,
    )
  })
})
