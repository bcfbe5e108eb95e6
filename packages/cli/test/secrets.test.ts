import { Bridge, BridgeConfig, HouseholdFeed, SignIn, SyncStatus } from "@withings-bridge/core"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { Cause, Duration, Effect, Layer, Logger, LogLevel, Schedule } from "effect"
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { networkInterfaces, tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { eavesdrop } from "./Eavesdropper.ts"
import { until } from "./RunningDemo.ts"
import { freePort } from "../../core/test/freePort.ts"

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..")

const loopback = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
  addresses?.some(({ internal }) => internal) ? [name] : [],
)

const filesIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesIn(join(folder, entry.name))
      : entry.isFile()
        ? [join(folder, entry.name)]
        : [],
  )

/** All readable output, by its author. */
const said = new Map<string, string>()
const hear = (who: string, text: string): void => void said.set(who, (said.get(who) ?? "") + text)

describe("a full run", () => {
  const home = mkdtempSync(join(tmpdir(), "withings-secrets-"))
  const processes: Array<ChildProcess> = []
  let simulator: Simulator
  let ear: Awaited<ReturnType<typeof eavesdrop>>

  const start = (who: string, script: string, ...args: ReadonlyArray<string>) => {
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, WITHINGS_BRIDGE_HOME: home },
      stdio: ["ignore", "pipe", "pipe"],
    })
    child.stdout.on("data", (chunk: Buffer) => hear(who, chunk.toString()))
    child.stderr.on("data", (chunk: Buffer) => hear(who, chunk.toString()))
    processes.push(child)
    return child
  }

  const runCommand = async (command: string): Promise<void> => {
    const who = `withings-bridge ${command}`
    const child = start(who, join(root, "packages/cli/dist/main.js"), command, "--home", home)
    await once(child, "close")
    expect(said.get(who)).not.toBe("")
  }

  const startHomebridge = async (): Promise<void> => {
    const storage = join(home, "homebridge")
    mkdirSync(join(storage, "plugins"), { recursive: true })
    symlinkSync(join(root, "apps/homebridge"), join(storage, "plugins/homebridge-withings"))
    const bridge = { name: "Test", username: "0E:11:22:33:44:55", pin: "031-45-154", advertiser: "ciao" }
    const platforms = [{ platform: "Withings", name: "Withings", home }]
    const port = await freePort()
    writeFileSync(
      join(storage, "config.json"),
      JSON.stringify({ bridge: { ...bridge, port, bind: loopback }, accessories: [], platforms }),
    )
    const script = join(root, "packages/cli/node_modules/homebridge/bin/homebridge.js")
    const folders = ["-U", storage, "-P", join(storage, "plugins"), "--strict-plugin-resolution"]
    start("homebridge", script, ...folders, "--no-qrcode", "-D")
  }

  beforeAll(async () => {
    simulator = await startSimulator({
      years: 0,
      persons: 1,
      clientSecret: "c11ent-secret-that-nobody-may-read",
      requestsPerMinute: 100_000,
    })
    ear = await eavesdrop(simulator.url)
    const webhookPort = await freePort()
    const withings = {
      client_id: simulator.clientId,
      client_secret: simulator.clientSecret,
      account_url: simulator.url,
      api_url: ear.url,
      sign_requests: true,
      webhook: { public_url: `http://127.0.0.1:${webhookPort}`, host: "127.0.0.1", port: webhookPort },
    }
    writeFileSync(join(home, "config.yaml"), JSON.stringify({ withings }), { mode: 0o600 })
  })

  afterAll(async () => {
    for (const child of processes) child.kill("SIGKILL")
    ear.close()
    await simulator.close()
    rmSync(home, { recursive: true, force: true })
  })

  it("works through sign-ins, refreshes, faults and refusals in the core, at its most verbose", async () => {
    const name = simulator.persons[0]?.name ?? ""
    const signIn = Effect.gen(function* () {
      const service = yield* SignIn
      const { authorizeUrl, state } = yield* service.start({ personName: name })
      const landed = yield* Effect.promise(() => walkAuthorizePage(authorizeUrl, name))
      ear.learn("code", new URL(landed).searchParams.get("code"))
      const wrong = `http://localhost/?state=${state}x&code=${new URL(landed).searchParams.get("code")}`
      hear("core", String(Cause.pretty(Cause.fail(yield* Effect.flip(service.finish(wrong))))))
      return yield* service.finish(landed)
    })
    const eventually = <A, E, R>(look: Effect.Effect<A, E, R>, holds: (found: A) => boolean) =>
      Effect.filterOrFail(look, holds, () => "not yet").pipe(
        Effect.retry(Schedule.spaced(Duration.millis(50))),
        Effect.timeout("60 seconds"),
      )

    await Effect.gen(function* () {
      const { id } = yield* signIn
      const status = yield* SyncStatus
      const { current } = yield* HouseholdFeed
      const standing = Effect.map(current, ({ persons }) => persons[0]?.standing.state)
      // Wait for the first page only: the whole history would take longer.
      yield* eventually(status.progress, (all) => all.some(({ done }) => done > 0))
      for (const kind of ["bad JSON", "HTML page", "cut connection"] as const)
        yield* Effect.promise(() => simulator.faults.failNext("getmeas", { kind }))
      const before = ear.refreshes()
      yield* Effect.promise(() => simulator.faults.expireToken(name))
      yield* status.request(id, "getmeas")
      yield* eventually(Effect.sync(ear.refreshes), (count) => count > before)
      yield* Effect.promise(() => simulator.faults.rejectRefresh(name))
      yield* Effect.promise(() => simulator.faults.expireToken(name))
      yield* status.request(id, "getmeas")
      yield* eventually(standing, (state) => state === "needs-sign-in")
      yield* signIn
      yield* eventually(standing, (state) => state === "signed-in")
    }).pipe(
      Effect.provide(Layer.unwrapEffect(Effect.map(BridgeConfig.loadWith({ home, env: {} }), Bridge.layer))),
      Logger.withMinimumLogLevel(LogLevel.Trace),
      Effect.provide(
        Logger.replace(
          Logger.defaultLogger,
          Logger.map(Logger.logfmtLogger, (line) => hear("core", `${line}\n`)),
        ),
      ),
      Effect.runPromise,
    )
    expect(said.get("core")).toContain(`${name} needs to sign in`)
    expect(said.get("core")).toContain("level=DEBUG")
  })

  it("works in three apps and in the commands that look into it", async () => {
    await startHomebridge()
    const apps = (name: string) => join(root, "apps", name, "dist/main.js")
    const [gladysPort, matterPort] = [await freePort(), await freePort()]
    start("gladys", apps("gladys"), "--port", String(gladysPort))
    const only = loopback[0] === undefined ? [] : ["--interface", loopback[0]]
    start("matter", apps("matter"), "--log-level", "debug", "--port", String(matterPort), ...only)
    const name = simulator.persons[0]?.name ?? ""
    const before = ear.refreshes()
    await simulator.faults.expireToken(name)
    await until("a refresh by one of the apps", () => ear.refreshes() > before || undefined)
    await until(
      "Homebridge to run",
      () => /is running on port/u.test(said.get("homebridge") ?? "") || undefined,
    )
    await until("Matter to say its name", () => /withings/iu.test(said.get("matter") ?? "") || undefined)
    await until("Gladys to say where it listens", () => said.get("gladys")?.includes("http") || undefined)
    await simulator.weigh(name, 72.4)
    await Promise.all(["doctor", "status", "people", "check-config"].map(runCommand))
    expect(said.get("withings-bridge people")).toContain(name)
    for (const child of processes) child.kill("SIGTERM")
    await until(
      "the apps to end",
      () =>
        processes.every(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null) || undefined,
    )
  })

  it("leaves no secret in any output or file", () => {
    for (const keeper of ["key", "webhook-secret"])
      ear.learn(keeper, readFileSync(join(home, keeper), "utf8").trim())
    const kinds = [...new Set(ear.secrets.values())].toSorted()
    expect(kinds).toEqual([
      "access_token",
      "code",
      "key",
      "nonce",
      "refresh_token",
      "signature",
      "webhook-secret",
    ])
    ear.learn("client_secret", simulator.clientSecret)
    expect([...said.keys()].toSorted()).toEqual([
      "core",
      "gladys",
      "homebridge",
      "matter",
      ...["check-config", "doctor", "people", "status"].map((name) => `withings-bridge ${name}`),
    ])
    const leaksIn = (who: string, text: string) =>
      [...ear.secrets].flatMap(([secret, what]) => (text.includes(secret) ? [`${what} in ${who}`] : []))
    const found = new Set([...said].flatMap(([who, text]) => leaksIn(who, text)))
    for (const file of filesIn(home))
      for (const leak of leaksIn(basename(file), readFileSync(file, "latin1"))) found.add(leak)
    // Secrets are only where they belong.
    expect([...found].toSorted()).toEqual([
      "client_secret in config.yaml",
      "key in key",
      "webhook-secret in webhook-secret",
    ])
  })
})

/** Signs a person in as in a browser; returns the address that the browser lands on. */
const walkAuthorizePage = async (authorizeUrl: string, person: string): Promise<string> => {
  const { origin, pathname, searchParams } = new URL(authorizeUrl)
  const form = new URLSearchParams([...searchParams, ["person", person], ["decision", "authorize"]])
  const answer = await fetch(origin + pathname, { method: "POST", body: form, redirect: "manual" })
  return answer.headers.get("location") ?? ""
}
