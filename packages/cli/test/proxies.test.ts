import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { request, type RequestOptions } from "node:https"
import { createServer, request as plainRequest } from "node:http"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect, Schema } from "effect"
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest"
import { parse } from "yaml"
import { freePort } from "../../core/test/freePort.ts"
import { certificatesFor } from "../../simulator/src/tls/certificates.ts"
import { type Tool, waysFor } from "../src/webhook/ways.ts"
import { newPassword } from "../../console/src/index.ts"
import { startConsole, type RunningConsole } from "../../console/test/startConsole.ts"

/** As Debian installs them. */
const installed = (path: string) => {
  if (existsSync(path)) return true
  console.log(`SKIPPED: ${path} is not here (apt install nginx-light caddy).`)
  return false
}
const [nginx, caddy] = ["/usr/sbin/nginx", "/usr/bin/caddy"]

const guide = (name: string) =>
  readFileSync(join(dirname(fileURLToPath(import.meta.url)), "../../../docs", name), "utf8")
/** The first block of code after a word of the guide. */
const blockAfter = (text: string, word: string) => {
  const [, block] = new RegExp(`${word}.*?\n\`\`\`\\w*\n(.*?)\`\`\``, "su").exec(text) ?? []
  if (block === undefined) throw new Error(`The guide has no recipe for ${word}`)
  return block
}
const forConsole = guide("console.md").split("## Behind a reverse proxy")[1] ?? ""
const forWebhooks = guide("webhooks.md").split("## With a reverse proxy")[1] ?? ""

const name = "bridge.example"
const publicUrl = `https://${name}`
const ours = { "x-withings-bridge": "console", "content-type": "application/json", origin: publicUrl }

let running: RunningConsole
let folder: string
let password: string
const children: Array<ChildProcess> = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "proxies-"))
  running = await startConsole({ publicUrl }, { years: 0 })
  password = await Effect.runPromise(newPassword(running.home))
})
afterAll(async () => {
  for (const child of children) {
    child.kill("SIGTERM")
    if (child.exitCode === null) await once(child, "close")
  }
  await running?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Answered {
  readonly status: number
  readonly text: string
  readonly cookie: string
}

/** A request as a browser would send it, without a check of the certificate. */
const through =
  (port: number) =>
  (path: string, options: RequestOptions & { readonly body?: string } = {}): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const headers = { ...options.headers, host: name }
      const to = { host: "127.0.0.1", port, servername: name, rejectUnauthorized: false, agent: false }
      const sent = request({ ...options, ...to, path, headers }, (answer) => {
        let text = ""
        const answered = () =>
          resolve({
            status: answer.statusCode ?? 0,
            text,
            cookie: answer.headers["set-cookie"]?.join() ?? "",
          })
        answer.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk
          // A stream of events never ends: it is enough that something arrives.
          if (!text.includes("data:") || !path.endsWith("/events")) return
          answered()
          sent.destroy()
        })
        answer.on("end", answered)
      })
      sent.on("error", reject)
      sent.end(options.body)
    })

const start = async (command: string, args: ReadonlyArray<string>, port: number) => {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  })
  children.push(child)
  let said = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += String(text)))
  await vi.waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(`${command} ended: ${said}`)
      expect((await through(port)("/health")).status).toBe(200)
    },
    { timeout: 60_000, interval: 100 },
  )
  return through(port)
}

/** What every recipe must achieve. */
const promised = {
  page: 200,
  withoutPassword: 401,
  withPassword: 200,
  cookieIsSecure: true,
  withSession: 200,
  eventsArrive: true,
  foreignPage: 403,
  linkSignsIn: true,
}

const seen = async (ask: ReturnType<typeof through>): Promise<typeof promised> => {
  const body = JSON.stringify({ password })
  const entered = await ask("/api/session", { method: "POST", headers: ours, body })
  const session = { cookie: entered.cookie.split(";")[0] ?? "" }
  const foreign = { ...session, origin: "https://evil.example" }
  const ticket = new URL(running.link())
  return {
    page: (await ask("/")).status,
    withoutPassword: (await ask("/api/state")).status,
    withPassword: entered.status,
    cookieIsSecure: entered.cookie.includes("Secure"),
    withSession: (await ask("/api/state", { headers: session })).status,
    eventsArrive: (await ask("/api/events", { headers: session })).text.includes("data:"),
    foreignPage: (await ask("/api/state", { headers: foreign })).status,
    linkSignsIn: (await ask(`${ticket.pathname}${ticket.search}`)).cookie.includes("Secure"),
  }
}

/** nginx with a recipe, with the ports, certificate and folders of the test. */
const withNginx = async (text: string) => {
  const port = await freePort()
  const { certificate, key } = certificatesFor([name], Date.now())
  writeFileSync(join(folder, "certificate.pem"), certificate)
  writeFileSync(join(folder, "key.pem"), key, { mode: 0o600 })
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((what) => `${what}_temp_path ${folder}/${what};`)
    .join("\n")
  const server = text
    .replace("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)
    .replace(/# certificate lines.*/u, "ssl_certificate certificate.pem; ssl_certificate_key key.pem;")
  const user = process.getuid?.() === 0 ? "user root;" : ""
  const config = `${user} daemon off; pid nginx.pid; error_log stderr; events {}
    http { access_log off; ${temporary}
    ${server} }`
  writeFileSync(join(folder, "nginx.conf"), config)
  return start(nginx, ["-p", folder, "-c", "nginx.conf", "-e", "stderr"], port)
}

/** Caddy with a recipe, but with a local certificate and ports, and without changing this machine's trusted authorities. */
const withCaddy = async (text: string) => {
  const [port, plain] = [await freePort(), await freePort()]
  const here = `{
    local_certs
    skip_install_trust
    admin off
    https_port ${port}
    http_port ${plain}
  }`
  const file = join(folder, "Caddyfile")
  writeFileSync(file, `${here}\n${text}`)
  return start(caddy, ["run", "--config", file, "--adapter", "caddyfile"], port)
}

/** The recipe for another port. */
const at = (host: string, text: string, usual: number) => {
  expect(text).toContain(`127.0.0.1:${usual}`)
  return text.replace(`127.0.0.1:${usual}`, host).replaceAll(/bridge\.example(?:\.org)?/gu, name)
}

/** The requests of Withings as the receiver gets them. */
const received = async (proxy: (text: string) => Promise<ReturnType<typeof through>>, text: string) => {
  const got: Array<string> = []
  const receiver = createServer((request, response) => {
    let body = ""
    request.on("data", (chunk) => (body += String(chunk)))
    request.on("end", () => {
      got.push(`${request.method} ${request.url} ${body}`.trim())
      response.end()
    })
  }).listen(0, "127.0.0.1")
  onTestFinished(() => void receiver.close())
  await once(receiver, "listening")
  const address = receiver.address()
  const port = address !== null && typeof address === "object" ? address.port : 0
  const ask = await proxy(at(`127.0.0.1:${port}`, text, 7334))
  await ask("/secret", { method: "HEAD" })
  await ask("/secret", { method: "POST", body: "userid=1&appli=1" })
  return got.filter((line) => !line.includes("/health"))
}
const sentByWithings = ["HEAD /secret", "POST /secret userid=1&appli=1"]

/** The lines that `withings-bridge webhook` prints. */
const stepsFor = (tool: Tool) => waysFor(new Set([tool]))[0]?.steps(7334)[0] ?? ""

describe("the recipe of the guide", { timeout: 120_000 }, () => {
  const host = () => new URL(running.url).host

  it.skipIf(!installed(nginx))("for nginx requires the password", async () => {
    const ask = await withNginx(at(host(), blockAfter(forConsole, "nginx"), 7332))
    expect(await seen(ask)).toEqual(promised)
  })

  it.skipIf(!installed(caddy))("for Caddy requires the password", async () => {
    const ask = await withCaddy(at(host(), blockAfter(forConsole, "Caddy"), 7332))
    expect(await seen(ask)).toEqual(promised)
  })

  it.skipIf(!installed(nginx))("for nginx forwards the requests of Withings", async () => {
    expect(await received(withNginx, blockAfter(forWebhooks, "nginx"))).toEqual(sentByWithings)
    const location = stepsFor("nginx").replace(/^.*?(?=location)/u, "")
    const server = `server { listen 443 ssl; server_name bridge.example;
      # certificate lines
      ${location} }`
    expect(await received(withNginx, server)).toEqual(sentByWithings)
  })

  it.skipIf(!installed(caddy))("for Caddy forwards the requests of Withings", async () => {
    expect(await received(withCaddy, blockAfter(forWebhooks, "Caddy"))).toEqual(sentByWithings)
    const lines = stepsFor("caddy")
      .replace(/^.*:\n/u, "")
      .replaceAll("BRIDGE.EXAMPLE.ORG", name)
    expect(await received(withCaddy, lines)).toEqual(sentByWithings)
  })

  it("for Traefik has the shape of its file provider, and the console answers under the name that Traefik keeps", async () => {
    // https://doc.traefik.io/traefik/reference/routing-configuration/other-providers/file/
    const Servers = Schema.NonEmptyArray(Schema.Struct({ url: Schema.String }))
    const Service = Schema.Struct({ loadBalancer: Schema.Struct({ servers: Servers }) })
    const Router = Schema.Struct({ rule: Schema.String, service: Schema.String, tls: Schema.Struct({}) })
    const named = <A, I>(value: Schema.Schema<A, I>) => Schema.Record({ key: Schema.String, value })
    const File = Schema.Struct({
      http: Schema.Struct({ routers: named(Router), services: named(Service) }),
    })
    const { http } = Schema.decodeUnknownSync(File, { onExcessProperty: "error" })(
      parse(blockAfter(forConsole, "Traefik")),
    )
    for (const { rule, service } of Object.values(http.routers)) {
      expect(rule).toBe(`Host(\`${name}\`)`)
      expect(http.services[service]?.loadBalancer.servers).toEqual([{ url: "http://127.0.0.1:7332" }])
    }
    const kept = await new Promise((resolve, reject) => {
      const headers = { host: name, "x-forwarded-proto": "https", "x-forwarded-for": "127.0.0.1" }
      const sent = plainRequest(`${running.url}/api/state`, { headers, agent: false }, (answer) =>
        resolve(answer.resume().statusCode),
      )
      sent.on("error", reject).end()
    })
    expect(kept).toBe(401)
  })
})
