import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { freePort } from "../packages/core/test/freePort.ts"
import { listenerOn, type Target } from "./Target.ts"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")

type Environment = Readonly<Record<string, string>>

/** A home folder with a configuration, and its ports. */
export interface Home {
  readonly folder: string
  readonly callbackUrl: string
  readonly webhookPort: number
}

/** Shared by the servers under attack: a folder, a simulated Withings, and the processes. */
export interface Lab {
  readonly folder: string
  /** Address of the simulated Withings. */
  readonly simulator: string
  readonly start: (script: string, args: ReadonlyArray<string>, env: Environment) => ChildProcess
  readonly home: (name: string, other?: Readonly<Record<string, unknown>>) => Promise<Home>
  /** Everything the programs printed: it must not contain a password or key. */
  readonly output: () => string
  /** Runs when the attack is over. */
  readonly atEnd: (close: () => void) => void
  readonly close: () => void
}

export const bridge = "packages/cli/dist/main.js"

export const urlOf = (port: number): string => `http://127.0.0.1:${port}`

export const until = async <A>(what: string, look: () => Promise<A | undefined>): Promise<A> => {
  const deadline = Date.now() + 180_000
  for (;;) {
    const found = await look().catch(() => undefined)
    if (found !== undefined) return found
    if (Date.now() > deadline) throw new Error(`Timed out waiting for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

export const answers = (url: string): Promise<true> =>
  until(url, async () =>
    (await fetch(url, { signal: AbortSignal.timeout(5000) })).status > 0 ? true : undefined,
  )

export const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => (child.exitCode === null ? child.once("close", () => resolve()) : resolve()))

export const target = (name: string, port: number, rest: Omit<Target, "name" | "url" | "pid">): Target => ({
  name,
  url: urlOf(port),
  pid: listenerOn(port),
  ...rest,
})

export const openLab = (simulatorPort: number): Lab => {
  const folder = mkdtempSync(join(tmpdir(), "withings-attack-"))
  const simulator = urlOf(simulatorPort)
  const children: Array<ChildProcess> = []
  const closing: Array<() => void> = []
  let output = ""
  return {
    folder,
    simulator,
    start: (script, args, env) => {
      // The demo prints its links and codes on purpose: it never runs as a service.
      const isService = args[0] !== "demo"
      const child = spawn(process.execPath, [join(root, script), ...args], {
        cwd: root,
        env: { ...process.env, ...env },
        stdio: ["ignore", "pipe", "pipe"],
      })
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (text: string) => (output += isService ? text : ""))
      children.push(child)
      return child
    },
    home: async (name, other = {}) => {
      const path = mkdtempSync(join(folder, `${name}-`))
      const [callbackPort, webhookPort] = [await freePort(), await freePort()]
      const callbackUrl = `${urlOf(callbackPort)}/callback`
      const withings = {
        client_id: "demo-client",
        client_secret: "demo-secret",
        callback_url: callbackUrl,
        account_url: simulator,
        api_url: simulator,
        webhook: { public_url: urlOf(webhookPort), host: "127.0.0.1", port: webhookPort },
      }
      writeFileSync(join(path, "config.yaml"), JSON.stringify({ withings, ...other }), { mode: 0o600 })
      return { folder: path, callbackUrl, webhookPort }
    },
    output: () => output,
    atEnd: (close) => void closing.push(close),
    close: () => {
      for (const child of children) child.kill("SIGKILL")
      for (const close of closing) close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
