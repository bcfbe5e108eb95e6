import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { ticketLink } from "../packages/console/src/index.ts"
import { enter } from "../packages/console/test/startConsole.ts"
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
    const child = spawn(process.execPath, [join(root, script), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    })
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => (output += text))
    children.push(child)
  }
  const home = (name: string, webhookPort: number, simulator: string) => {
    const path = mkdtempSync(join(folder, `${name}-`))
    const withings = {
      client_id: "demo-client",
      client_secret: "demo-secret",
      account_url: simulator,
      api_url: simulator,
      webhook: { public_url: `http://127.0.0.1:${webhookPort}`, host: "127.0.0.1", port: webhookPort },
    }
    writeFileSync(join(path, "config.yaml"), JSON.stringify({ withings }), { mode: 0o600 })
    return path
  }

  const ports = await Promise.all(Array.from({ length: 7 }, freePort))
  const [cloud = 0, admin = 0, local = 0, lan = 0, gladys = 0, gladysLan = 0, webhook = 0] = ports
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
  const urlOf = (port: number) => `http://127.0.0.1:${port}`
  for (const port of [local, lan, gladys, gladysLan]) await answers(urlOf(port))
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
  const targets = [
    target("console", local, { ...consoleRoutes, headers: await session(here, local) }),
    target("console in the network", lan, { ...consoleRoutes, headers: await session(there, lan) }),
    target("Gladys bridge", gladys, { ...gladysRoutes, alive: "/health", headers: {} }),
    target("Gladys bridge in the network", gladysLan, { ...gladysRoutes, alive: "/health", headers: {} }),
    target("webhook receiver", webhook, {
      alive: `/${secret}`,
      headers: {},
      bodies: [`/${secret}`, "/made-up"],
      guarded: [],
    }),
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
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
