import { type ChildProcess, execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { freePort } from "../../../packages/core/test/freePort.ts"

const run = promisify(execFile)

/** homebridge-config-ui-x pins patches of its own packages that not every npm mirror has. */
const overrides: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "5.28.0": { "@homebridge/hap-client": "4.0.3", "@homebridge/hap-nodejs": "2.2.3" },
}

export const uiVersions = ["5.28.0", "4.76.0"] as const

/** The UI asks which Homebridge it stands beside: version 4 is of the time of Homebridge 1. */
const homebridgeBeside = (version: string) =>
  fileURLToPath(new URL(`../node_modules/homebridge${version.startsWith("4.") ? "-1" : ""}`, import.meta.url))

const cache = fileURLToPath(new URL("../../../node_modules/.cache/homebridge-ui/", import.meta.url))

/**
 * Homebridge's own web UI, the newest or an older one. It comes from the registry when it is first wanted, about
 * 150 MB, and stays with the packages of this repository.
 */
export const installUi = async (version: string): Promise<string> => {
  const folder = path.join(cache, version)
  const ui = path.join(folder, "node_modules", "homebridge-config-ui-x")
  if (existsSync(path.join(folder, "complete"))) return ui
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const dependencies = { "homebridge-config-ui-x": version }
  const manifest = { private: true, dependencies, overrides: overrides[version] ?? {} }
  await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest))
  await run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder })
  const modules = path.join(folder, "node_modules")
  // Its terminal is a native add-on that is not built here, and nothing of it is tried.
  const terminal = path.join(modules, "@homebridge", "node-pty-prebuilt-multiarch", "lib", "index.js")
  await writeFile(terminal, 'module.exports = { spawn() { throw new Error("no terminal") } }')
  await writeFile(path.join(folder, "complete"), "")
  return ui
}

/** The UI in a process of its own, without a Homebridge and without a password. */
export class HomebridgeUi {
  readonly lines: Array<string> = []
  readonly url: string
  readonly #process: ChildProcess
  readonly #storage: string

  private constructor(process: ChildProcess, url: string, storage: string) {
    this.#process = process
    this.url = url
    this.#storage = storage
    for (const stream of [process.stdout, process.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => this.lines.push(...text.split("\n")))
    }
  }

  static async start(options: {
    readonly ui: string
    readonly version: string
    readonly storage: string
    readonly plugins: string
    readonly environment: Record<string, string>
  }): Promise<HomebridgeUi> {
    const { plugins, storage, ui, version } = options
    await mkdir(storage, { recursive: true })
    // It looks for itself beside the plugins.
    await symlink(ui, path.join(plugins, "homebridge-config-ui-x")).catch(() => {})
    await symlink(homebridgeBeside(version), path.join(plugins, "homebridge")).catch(() => {})
    const port = await freePort()
    const bridge = { name: "T", username: "0E:11:22:33:44:55", port: await freePort(), pin: "031-45-154" }
    const platforms = [{ platform: "config", name: "Config", port, auth: "none", host: "127.0.0.1" }]
    await writeFile(path.join(storage, "config.json"), JSON.stringify({ bridge, accessories: [], platforms }))
    const user = { id: 1, username: "admin", name: "admin", admin: true, hashedPassword: "x", salt: "y" }
    await writeFile(path.join(storage, "auth.json"), JSON.stringify([user]))
    const process_ = spawn(
      process.execPath,
      [path.join(ui, "dist", "bin", "standalone.js"), "-U", storage, "-P", plugins],
      {
        env: { ...process.env, NODE_OPTIONS: "", UIX_STRICT_PLUGIN_RESOLUTION: "1", ...options.environment },
        stdio: ["ignore", "pipe", "pipe"],
      },
    )
    const started = new HomebridgeUi(process_, `http://127.0.0.1:${port}`, storage)
    // It says that it listens a moment before it does.
    while (!(await fetch(started.url).catch(() => null))?.ok) {
      if (process_.exitCode !== null) throw new Error(`the UI ended:\n${started.lines.join("\n")}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await lookForHomebridge(started.url)
    return started
  }

  /** The plugin's block as it is saved; undefined while there is none. */
  async saved(): Promise<Record<string, unknown> | undefined> {
    const { platforms } = await this.#config()
    return platforms.find(isOurs)
  }

  /** As when someone edits config.json by hand. */
  async save(block: Record<string, unknown>): Promise<void> {
    const config = await this.#config()
    const platforms = [...config.platforms.filter((one) => !isOurs(one)), block]
    await writeFile(path.join(this.#storage, "config.json"), JSON.stringify({ ...config, platforms }))
  }

  async #config(): Promise<{ readonly platforms: ReadonlyArray<Record<string, unknown>> }> {
    return JSON.parse(await readFile(path.join(this.#storage, "config.json"), "utf8"))
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, "exit")
    this.#process.kill("SIGTERM")
    await ended
  }
}

const isOurs = ({ platform }: Record<string, unknown>): boolean => platform === "Withings"

/** As its first page does: version 4 shows no plugin before it knows its Homebridge. */
const lookForHomebridge = async (url: string): Promise<void> => {
  const signedIn = await fetch(`${url}/api/auth/noauth`, { method: "POST" })
  const { access_token: token }: { access_token: string } = JSON.parse(await signedIn.text())
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${url}/api/status/homebridge-version`, { headers })
  if (!answer.ok) throw new Error(`the UI found no Homebridge: ${await answer.text()}`)
}
