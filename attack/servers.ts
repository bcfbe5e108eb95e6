import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { ticketLink } from "../packages/console/src/index.ts"
import { enter } from "../packages/console/test/startConsole.ts"
import { startDatabase } from "../packages/core/test/embeddedPostgres.ts"
import { freePort } from "../packages/core/test/freePort.ts"
import { listenerOn, type Target } from "./Target.ts"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")

/** Every server that the project opens, as users start them, in processes of their own. */
export interface Servers {
  readonly targets: ReadonlyArray<Target>
  /** A link that signs a browser in to the console. */
  readonly consoleLink: () => string
  /** Whatever the programs printed: no password or key may be in it. */
  readonly output: () => string
  readonly close: () => void
}

const consoleRoutes = {
  alive: "/api/state",
  bodies: ["/api/session", "/api/settings", "/api/connect", "/api/leave-out"],
  guarded: [
    "/api/state",
    "/api/events",
    "/api/diagnostics",
    "/api/chart?personId=a&feature=b&from=1&to=2&points=9",
  ],
}

const gladysRoutes = {
  alive: "/api/v1/device",
  bodies: [
    "/api/v1/device",
    "/api/v1/service/withings/oauth2/client/access-token",
    "/api/v1/service/withings/variable/OAUTH2_CLIENT_ID",
  ],
  guarded: [
    "/api/v1/device",
    "/api/v1/live",
    "/api/v1/live/socket",
    "/api/v1/export",
    "/api/v1/service/withings/oauth2/client",
  ],
}

const hubRoutes = {
  alive: "/health",
  headers: {},
  bodies: ["/rpc", "/api/households", "/join/made-up", "/webhook/made-up"],
  guarded: ["/api/households"],
}

const until = async <A>(what: string, look: () => Promise<A | undefined>): Promise<A> => {
  const deadline = Date.now() + 180_000
  for (;;) {
    const found = await look().catch(() => undefined)
    if (found !== undefined) return found
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const answers = (url: string) =>
  until(url, async () =>
    (await fetch(url, { signal: AbortSignal.timeout(5000) })).status > 0 ? true : undefined,
  )

export const startServers = async (): Promise<Servers> => {
  const folder = mkdtempSync(join(tmpdir(), "withings-attack-"))
  const children: Array<ChildProcess> = []
  let output = ""
  const start = (script: string, args: ReadonlyArray<string>, env: Readonly<Record<string, string>>) => {
    // The demo prints its links and codes on purpose: it runs in a terminal, never as a service.
    const isService = args[0] !== "demo"
    const child = spawn(process.execPath, [join(root, script), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    })
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => (output += isService ? text : ""))
    children.push(child)
  }
  const callbackPort = await freePort()
  const home = (name: string, webhookPort: number, simulator: string) => {
    const path = mkdtempSync(join(folder, `${name}-`))
    const withings = {
      client_id: "demo-client",
      client_secret: "demo-secret",
      callback_url: `http://127.0.0.1:${callbackPort}/callback`,
      account_url: simulator,
      api_url: simulator,
      webhook: { public_url: `http://127.0.0.1:${webhookPort}`, host: "127.0.0.1", port: webhookPort },
    }
    writeFileSync(join(path, "config.yaml"), JSON.stringify({ withings }), { mode: 0o600 })
    return path
  }

  const ports = await Promise.all(Array.from({ length: 9 }, freePort))
  const [
    cloud = 0,
    admin = 0,
    local = 0,
    lan = 0,
    gladys = 0,
    gladysLan = 0,
    webhook = 0,
    hub = 0,
    runner = 0,
  ] = ports
  const simulator = `http://127.0.0.1:${cloud}`
  start(
    "packages/simulator/dist/main.js",
    ["--port", `${cloud}`, "--admin-port", `${admin}`, "--years", "0"],
    {},
  )
  await answers(`http://127.0.0.1:${admin}`)

  const here = home("here", webhook, simulator)
  const there = home("there", await freePort(), simulator)
  const run = "packages/cli/dist/main.js"
  start(run, ["run", "--console", "--gladys"], {
    WITHINGS_BRIDGE_HOME: here,
    WITHINGS_CONSOLE_PORT: `${local}`,
    WITHINGS_GLADYS_PORT: `${gladys}`,
  })
  start(run, ["run", "--console"], {
    WITHINGS_BRIDGE_HOME: there,
    WITHINGS_CONSOLE_HOST: "0.0.0.0",
    WITHINGS_CONSOLE_PORT: `${lan}`,
  })
  start("apps/gladys/dist/main.js", [], {
    WITHINGS_BRIDGE_HOME: home("gladys", await freePort(), simulator),
    WITHINGS_GLADYS_HOST: "0.0.0.0",
    WITHINGS_GLADYS_PORT: `${gladysLan}`,
  })
  const database = await startDatabase()
  start("apps/hub/withings-hub.mjs", [], {
    WITHINGS_HUB_HOME_FOLDER: home("hub", await freePort(), simulator),
    WITHINGS_HUB_STORE: database.address,
    WITHINGS_HUB_PUBLIC_URL: `http://127.0.0.1:${hub}`,
    WITHINGS_HUB_HTTP_PORT: `${hub}`,
    WITHINGS_HUB_RUNNER_PORT: `${runner}`,
    WITHINGS_HUB_ADMIN_KEY: "an operator of this attack",
    WITHINGS_HUB_ACCOUNT_URL: simulator,
    WITHINGS_HUB_API_URL: simulator,
    WITHINGS_HUB_APPLICATIONS: JSON.stringify([{ client_id: "demo-client", client_secret: "demo-secret" }]),
  })
  const demo = join(folder, "demo")
  start(run, ["demo", "--home", demo, "--loopback", "--every", "0"], {})
  const urlOf = (port: number) => `http://127.0.0.1:${port}`
  for (const port of [local, lan, gladys, gladysLan, hub]) await answers(urlOf(port))
  const control = await until("the demo", async () => {
    const { ports } = JSON.parse(readFileSync(join(demo, "demo.json"), "utf8"))
    return (await fetch(urlOf(ports.control))).status === 200 ? Number(ports.control) : undefined
  })
  const secret = await until("the webhook receiver", async () => {
    const secret = readFileSync(join(here, "webhook-secret"), "utf8").trim()
    return (await fetch(`${urlOf(webhook)}/${secret}`)).status === 200 ? secret : undefined
  })

  const target = (name: string, port: number, rest: Omit<Target, "name" | "url" | "pid">): Target => ({
    name,
    url: urlOf(port),
    pid: listenerOn(port),
    ...rest,
  })
  const session = async (home: string, port: number) => enter(ticketLink(home, urlOf(port), Date.now()))
  const own = await session(here, local)
  // The console hears the callback for as long as someone signs in.
  const connect = { ...own, "x-withings-bridge": "console", "content-type": "application/json" }
  await fetch(`${urlOf(local)}/api/connect`, { method: "POST", headers: connect, body: '{"personName":""}' })
  await answers(urlOf(callbackPort))
  const targets = [
    target("console", local, { ...consoleRoutes, headers: own }),
    target("console in the network", lan, { ...consoleRoutes, headers: await session(there, lan) }),
    target("Gladys bridge", gladys, { ...gladysRoutes, alive: "/health", headers: {} }),
    target("Gladys bridge in the network", gladysLan, { ...gladysRoutes, alive: "/health", headers: {} }),
    target("webhook receiver", webhook, {
      alive: `/${secret}`,
      headers: {},
      bodies: [`/${secret}`, "/made-up"],
      guarded: [],
    }),
    target("sign-in's callback", callbackPort, {
      alive: "/callback",
      aliveStatus: 404,
      headers: {},
      bodies: ["/callback"],
      guarded: [],
    }),
    target("hub", hub, hubRoutes),
    target("demo", control, { alive: "/", headers: {}, bodies: ["/happen"], guarded: [] }),
    target("simulator", cloud, { alive: "/", headers: {}, bodies: ["/measure", "/v2/oauth2"], guarded: [] }),
    target("simulator's admin page", admin, {
      alive: "/",
      headers: {},
      bodies: ["/admin/weigh"],
      guarded: [],
    }),
  ]
  return {
    targets,
    consoleLink: () => ticketLink(here, urlOf(local), Date.now()),
    output: () => output,
    close: () => {
      for (const child of children) child.kill("SIGKILL")
      void database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
