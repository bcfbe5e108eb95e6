import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from "playwright-core"
import { withoutFaketime } from "../../simulator/test/householdClock.ts"

/** The path on Debian and similar systems, unless CHROMIUM names another one. */
export const chromiumPath: string | null =
  [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
    (path) => path !== undefined && existsSync(path),
  ) ?? null

/** The browser itself must not use the Internet. */
const quiet = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath ?? "", args: quiet, env: withoutFaketime() })

/** Milliseconds that an action in a page may take on a busy machine. */
const patience = 100_000

/** Runs in a page, whose own clock is the machine's. */
const setClock = (ahead: number) => {
  globalThis.Date = new Proxy(Date, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [target.now() + ahead] : given, newTarget),
    get: (target, name) => (name === "now" ? () => target.now() + ahead : Reflect.get(target, name)),
  })
}

/** A context whose pages have the clock of their test. */
export const newContext = async (
  browser: Browser,
  options: BrowserContextOptions,
): Promise<BrowserContext> => {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(patience)
  const page = await context.newPage()
  await context.addInitScript(setClock, Date.now() - (await page.evaluate<number>("Date.now()")))
  await page.close()
  return context
}

const hosts: ReadonlySet<string> = new Set(["127.0.0.1", "localhost"])

/** Requests of a context to other machines, and its uncaught errors. */
export const watch = (context: BrowserContext) => {
  const foreign: Array<string> = []
  const errors: Array<string> = []
  context.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (protocol.startsWith("http") && !hosts.has(hostname)) foreign.push(request.url())
  })
  context.on("weberror", (error) => errors.push(error.error().message))
  return { foreign, errors }
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

interface Violation {
  readonly id: string
  readonly impact: string
  readonly nodes: ReadonlyArray<{ readonly html: string }>
}

/** Violations of accessibility rules; `all` includes minor ones. */
export const barriers = async (
  page: Page,
  which: "severe" | "all" = "severe",
): Promise<ReadonlyArray<string>> => {
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(axe)
  const violations = await page.evaluate<ReadonlyArray<Violation>>(
    "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)",
  )
  return violations
    .filter(({ impact }) => which === "all" || impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" ")}`)
}
