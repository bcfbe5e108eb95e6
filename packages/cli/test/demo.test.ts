import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { enter } from "../../console/test/startConsole.ts"
import { inSecondTerminal, isAlive, RunningDemo, until } from "./RunningDemo.ts"

const ready = "Now try"
/** Above the limit of each wait, so that a failure says what did not happen. */
const patience = 600_000
const codes = (output: string) => ({
  homekit: /Code {2}(\d{3}-\d{2}-\d{3})/u.exec(output)?.[1],
  matter: /Code {2}(\d{4}-\d{3}-\d{4})/u.exec(output)?.[1],
  qr: /MT:[A-Z0-9.-]+/u.exec(output)?.[0],
})

describe("the demo", { timeout: patience }, () => {
  let home: string
  let demo: RunningDemo
  let first: ReturnType<typeof codes>
  let startTook: number

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "withings-demo-"))
    demo = new RunningDemo(home)
    await demo.says(ready)
    startTook = demo.age
    first = codes(demo.output)
  }, patience)

  afterAll(async () => {
    if (!demo.hasEnded) await demo.end("SIGKILL")
    rmSync(home, { recursive: true, force: true })
  })

  it("shows the codes of Apple Home and Matter before the history is complete, and its progress below", async () => {
    const hasAllOf = (name: string) => new RegExp(`✓ ${name}.*\\d measures, in`, "u").test(demo.output)
    expect(["Ann", "Ben"].filter(hasAllOf)).toEqual([])
    await until("the whole history", () => ["Ann", "Ben"].every(hasAllOf) || undefined)
    expect(first.homekit).toBeDefined()
    expect(first.matter).toBeDefined()
    expect(first.qr).toBeDefined()
    const isOurs = (line: string) => !line.includes(home)
    expect(demo.output.split("\n").filter((line) => isOurs(line) && line.length > 80)).toEqual([])
  })

  it("serves the console with the codes and addresses of the homes", async () => {
    const link = /http:\S+\/enter\?t=\S+/u.exec(demo.output)?.[0] ?? ""
    const url = new URL(link).origin
    expect(await (await fetch(url)).text()).toContain("<title>")
    const headers = await enter(link)
    const { homeKit, homes, matter } = JSON.parse(await (await fetch(`${url}/api/state`, { headers })).text())
    expect(homeKit).toMatchObject({ code: first.homekit, paired: false })
    expect(matter).toMatchObject({ code: first.matter, controllers: [] })
    expect(matter.windowUntil).toBeGreaterThan(Date.now() / 1000)
    const gladys: { readonly address: string } = homes.find(({ name }: { name: string }) => name === "gladys")
    expect((await fetch(gladys.address)).status).toBe(200)
  })

  it.each([
    ["weigh", "Ann", "72.4"],
    ["bed-in", "Ben"],
    ["bed-out", "Ben"],
    ["blood-pressure", "Ann", "121/79", "64"],
    ["temperature", "Ann", "36.8"],
    ["walk", "Ben", "1200"],
  ])("lets a second terminal do: %s %s %s", (...command) => {
    const { stderr, stdout } = inSecondTerminal(...command.filter(Boolean), "--home", home, "--json")
    expect(stderr).toBe("")
    const { arrivals } = JSON.parse(stdout)
    expect(arrivals).toEqual({
      homebridge: expect.any(Number),
      matter: expect.any(Number),
      gladys: expect.any(Number),
    })
  })

  it("reports an unknown person in one sentence", () => {
    const { status, stderr } = inSecondTerminal("weigh", "Zoe", "72.4", "--home", home)
    expect(status).toBe(1)
    expect(stderr).toMatch(/Zoe/u)
    expect(stderr.trim().split("\n")).toHaveLength(1)
  })

  it("refuses requests of pages of other sites", async () => {
    const { ports } = JSON.parse(readFileSync(join(home, "demo.json"), "utf8"))
    const answer = await fetch(`http://127.0.0.1:${ports.control}/happen`, {
      method: "POST",
      headers: { origin: "https://evil.example" },
      body: JSON.stringify({ kind: "weigh", person: "Ann", kilograms: 72.4 }),
    })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain("other sites")
  })

  it("refuses a second demo in the same folder", async () => {
    const second = new RunningDemo(home)
    await until("the second demo to end", () => second.hasEnded || undefined)
    expect(second.exitCode).toBe(1)
    expect(second.output).toContain("runs in")
  })

  it("stops within three seconds or the time its start took, leaves no process, and starts again with pairings and history", async () => {
    const children = demo.children
    // Homebridge and the simulator; everything else is one process.
    expect(children).toHaveLength(2)
    expect(await demo.end("SIGINT")).toBeLessThan(Math.max(3_000, startTook))
    expect(demo.exitCode).toBe(0)
    expect(children.filter(isAlive)).toEqual([])
    expect(demo.output.split("\nStopping\n")[1]).toMatch(/^Stopped\. .*\n$/u)

    demo = new RunningDemo(home)
    await demo.says(ready)
    expect(codes(demo.output)).toEqual(first)
    await demo.says("history is here already")
    expect(demo.output).toContain("history is here already")
  })

  it("leaves no process when it is killed", async () => {
    const children = demo.children
    // Homebridge and the simulator; everything else is one process.
    expect(children).toHaveLength(2)
    await demo.end("SIGKILL")
    await until("every process to end", () => (children.some(isAlive) ? undefined : true))
  })
})

describe("a taken port", { timeout: patience }, () => {
  it("is reported in one sentence", async () => {
    const home = mkdtempSync(join(tmpdir(), "withings-demo-"))
    const server = createServer().listen(0, "127.0.0.1")
    await until("a port", () => server.address() ?? undefined)
    const address = server.address()
    const port = address !== null && typeof address === "object" ? address.port : 0
    const demo = new RunningDemo(home, "--gladys-port", String(port))
    await until("the demo to end", () => demo.hasEnded || undefined)
    expect(demo.output).toContain(`Port ${port} for Gladys is taken by `)
    expect(demo.output).toContain(`(process ${process.pid})`)
    expect(demo.exitCode).toBe(1)
    server.close()
    rmSync(home, { recursive: true, force: true })
  })
})
