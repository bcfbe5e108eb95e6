import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { ticketLink } from "../packages/console/src/index.ts"
import { enter } from "../packages/console/test/startConsole.ts"
import { startDatabase } from "../packages/core/test/embeddedPostgres.ts"
import { freePort } from "../packages/core/test/freePort.ts"
import { answers, bridge, ended, type Lab, openLab, target, until, urlOf } from "./Lab.ts"
import { consoleRoutes, fromConsole, gladysRoutes, hubRoutes, passwordOf, withKey } from "./routes.ts"
import type { SignIn, Target } from "./Target.ts"

/** Starts a program as users do; returns the servers that it opens. */
type Program = (lab: Lab) => Promise<ReadonlyArray<Target>>

const sessionIn = (folder: string, port: number) => enter(ticketLink(folder, urlOf(port), Date.now()))

/** Makes a password for other machines, as users do. */
const newPassword = (home: string): string => {
  const args = ["console", "--new-password", "--json", "--no-browser", "--home", home]
  return JSON.parse(execFileSync(process.execPath, [bridge, ...args], { encoding: "utf8" })).password
}

/** The callback of a sign-in, which answers 404 without parameters. */
const callback = (name: string, url: string, signIn: SignIn): Target =>
  target(name, Number(new URL(url).port), {
    alive: "/callback",
    aliveStatus: 404,
    headers: {},
    bodies: ["/callback"],
    guarded: [],
    signIn,
  })

const simulator: Program = async ({ simulator, start }) => {
  const [port, admin] = [Number(new URL(simulator).port), await freePort()]
  start(
    "packages/simulator/dist/main.js",
    ["--port", `${port}`, "--admin-port", `${admin}`, "--years", "0"],
    {},
  )
  await answers(urlOf(admin))
  const open = { alive: "/", headers: {}, guarded: [] }
  return [
    target("simulator", port, { ...open, bodies: ["/measure", "/v2/oauth2"] }),
    target("simulator's admin page", admin, { ...open, bodies: ["/admin/weigh"] }),
  ]
}

/** Console, Gladys bridge, webhook receiver and callback of one household, in one process. */
const household: Program = async (lab) => {
  const { callbackUrl, folder, webhookPort } = await lab.home("here")
  const [port, gladys] = [await freePort(), await freePort()]
  lab.start(bridge, ["run", "--console", "--gladys"], {
    WITHINGS_BRIDGE_HOME: folder,
    WITHINGS_CONSOLE_PORT: `${port}`,
    WITHINGS_GLADYS_PORT: `${gladys}`,
  })
  for (const each of [port, gladys]) await answers(urlOf(each))
  const secret = await until("the webhook receiver", async () => {
    const secret = readFileSync(join(folder, "webhook-secret"), "utf8").trim()
    return (await fetch(`${urlOf(webhookPort)}/${secret}`)).status === 200 ? secret : undefined
  })
  const own = await sessionIn(folder, port)
  const signIn = {
    // The console listens for the callback while someone signs in.
    begin: async () => {
      const begun = await fetch(`${urlOf(port)}/api/connect`, {
        method: "POST",
        headers: { ...own, ...fromConsole },
        body: '{"personName":""}',
      })
      return { callbackUrl, ...JSON.parse(await begun.text()) }
    },
    isSignedIn: async () => {
      const state = await fetch(`${urlOf(port)}/api/state`, { headers: own })
      return JSON.parse(await state.text()).household.persons.length > 0
    },
  }
  await signIn.begin()
  await answers(callbackUrl)
  return [
    target("console", port, {
      ...consoleRoutes,
      headers: own,
      link: () => ticketLink(folder, urlOf(port), Date.now()),
    }),
    target("Gladys bridge", gladys, { ...gladysRoutes, headers: withKey(folder) }),
    target("webhook receiver", webhookPort, {
      alive: `/${secret}`,
      headers: {},
      bodies: [`/${secret}`, "/made-up"],
      guarded: [],
    }),
    callback("sign-in's callback", callbackUrl, signIn),
  ]
}

const consoleInNetwork: Program = async (lab) => {
  const { folder } = await lab.home("there")
  const port = await freePort()
  lab.start(bridge, ["run", "--console"], {
    WITHINGS_BRIDGE_HOME: folder,
    WITHINGS_CONSOLE_HOST: "0.0.0.0",
    WITHINGS_CONSOLE_PORT: `${port}`,
  })
  await answers(urlOf(port))
  const secret = newPassword(folder)
  const headers = await sessionIn(folder, port)
  return [target("console in the network", port, { ...consoleRoutes, headers, door: passwordOf(secret, {}) })]
}

const consoleBehindHttps: Program = async (lab) => {
  const publicUrl = "https://bridge.example"
  const { folder } = await lab.home("behind", { console: { public_url: publicUrl } })
  const port = await freePort()
  const env = { WITHINGS_BRIDGE_HOME: folder, WITHINGS_CONSOLE_PORT: `${port}` }
  let child = lab.start(bridge, ["run", "--console"], env)
  await answers(urlOf(port))
  const door = passwordOf(newPassword(folder), { origin: publicUrl })
  const restart = async () => {
    child.kill("SIGTERM")
    await ended(child)
    child = lab.start(bridge, ["run", "--console"], env)
    await answers(urlOf(port))
  }
  const headers = await sessionIn(folder, port)
  return [target("console behind https", port, { ...consoleRoutes, headers, door, restart })]
}

const gladysInNetwork: Program = async (lab) => {
  const { folder } = await lab.home("gladys")
  const port = await freePort()
  lab.start("apps/gladys/dist/main.js", [], {
    WITHINGS_BRIDGE_HOME: folder,
    WITHINGS_GLADYS_HOST: "0.0.0.0",
    WITHINGS_GLADYS_PORT: `${port}`,
  })
  await answers(urlOf(port))
  const { authorization } = withKey(folder)
  const door = {
    ask: (key: string) => ({ path: gladysRoutes.alive, headers: { authorization: key } }),
    secret: authorization,
  }
  return [target("Gladys bridge in the network", port, { ...gladysRoutes, headers: { authorization }, door })]
}

/** `connect` listens for the callback and then ends. */
const terminal: Program = async (lab) => {
  const { callbackUrl, folder } = await lab.home("terminal")
  let said = ""
  const child = lab.start(bridge, ["connect", "Ann", "--no-browser", "--home", folder], {})
  child.stderr?.on("data", (text: string) => (said += text))
  await answers(callbackUrl)
  const authorizeUrl = /http\S+authorize2\S+/u.exec(said)?.[0] ?? ""
  const signIn = {
    begin: async () => ({ authorizeUrl, callbackUrl }),
    isSignedIn: async () => {
      await ended(child)
      return child.exitCode === 0
    },
  }
  return [callback("terminal's callback", callbackUrl, signIn)]
}

const hub: Program = async (lab) => {
  const { folder } = await lab.home("hub")
  const [port, runner] = [await freePort(), await freePort()]
  const database = await startDatabase()
  lab.atEnd(() => void database.close())
  const key = "an operator of this attack"
  lab.start("apps/hub/withings-hub.mjs", [], {
    WITHINGS_HUB_HOME_FOLDER: folder,
    WITHINGS_HUB_STORE: database.address,
    WITHINGS_HUB_PUBLIC_URL: urlOf(port),
    WITHINGS_HUB_HTTP_PORT: `${port}`,
    WITHINGS_HUB_RUNNER_PORT: `${runner}`,
    WITHINGS_HUB_ADMIN_KEY: key,
    WITHINGS_HUB_ACCOUNT_URL: lab.simulator,
    WITHINGS_HUB_API_URL: lab.simulator,
    WITHINGS_HUB_APPLICATIONS: JSON.stringify([{ client_id: "demo-client", client_secret: "demo-secret" }]),
  })
  await answers(urlOf(port))
  const door = {
    ask: (secret: string) => ({ path: "/api/households", headers: { authorization: secret } }),
    secret: `Bearer ${key}`,
  }
  return [target("hub", port, { ...hubRoutes, headers: { authorization: door.secret }, door })]
}

const demo: Program = async ({ folder, start }) => {
  const home = join(folder, "demo")
  start(bridge, ["demo", "--home", home, "--loopback", "--every", "0"], {})
  const port = await until("the demo", async () => {
    const { ports } = JSON.parse(readFileSync(join(home, "demo.json"), "utf8"))
    return (await fetch(urlOf(ports.control))).status === 200 ? Number(ports.control) : undefined
  })
  return [target("demo", port, { alive: "/", headers: {}, bodies: ["/happen"], guarded: [] })]
}

const programs: ReadonlyArray<Program> = [
  household,
  consoleInNetwork,
  consoleBehindHttps,
  gladysInNetwork,
  terminal,
  hub,
  demo,
]

/** Every server that the project opens, in separate processes. */
export interface Servers {
  readonly targets: ReadonlyArray<Target>
  readonly output: () => string
  readonly close: () => void
}

export const startServers = async (): Promise<Servers> => {
  const lab = openLab(await freePort())
  try {
    const cloud = await simulator(lab)
    const targets = (await Promise.all(programs.map((program) => program(lab)))).flat()
    return { targets: [...targets, ...cloud], output: lab.output, close: lab.close }
  } catch (error) {
    lab.close()
    throw error
  }
}
