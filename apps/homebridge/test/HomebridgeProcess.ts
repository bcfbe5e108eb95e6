import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdir, writeFile } from "node:fs/promises"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { atTestTime } from "../../../packages/simulator/test/householdClock.ts"

export const pin = "031-45-154"
export const username = "0E:11:22:33:44:55"

export interface HomebridgeOptions {
  /** Homebridge's storage folder, kept over restarts. */
  readonly storage: string
  /** The folder of the plugin (or a folder of plugins); null for a bare Homebridge. */
  readonly plugin: string | null
  readonly platforms: ReadonlyArray<Record<string, unknown>>
  readonly port: number
  /** `bin/homebridge.js` of another version than the one of this package. */
  readonly bin?: string
  readonly environment?: Record<string, string>
}

const installed = fileURLToPath(new URL("../node_modules/homebridge/bin/homebridge.js", import.meta.url))

/** A real Homebridge in a process of its own, on loopback only. */
export class HomebridgeProcess {
  readonly lines: Array<string> = []
  readonly process: ChildProcess
  readonly port: number
  readonly #waiting = new Set<() => void>()

  private constructor(process: ChildProcess, port: number) {
    this.process = process
    this.port = port
    for (const stream of [process.stdout, process.stderr]) {
      let rest = ""
      stream?.setEncoding("utf8").on("data", (text: string) => {
        const lines = (rest + text).split("\n")
        rest = lines.pop() ?? ""
        // oxlint-disable-next-line no-control-regex -- Homebridge colours its lines
        this.lines.push(...lines.map((line) => line.replace(/\u001b\[\d+m/g, "")))
        for (const check of this.#waiting) check()
      })
    }
    process.on("exit", () => {
      for (const check of this.#waiting) check()
    })
  }

  static async start(options: HomebridgeOptions): Promise<HomebridgeProcess> {
    const { storage, platforms, port } = options
    await mkdir(storage, { recursive: true })
    const bridge = { name: "Test", username, port, pin, bind: ["lo"], advertiser: "ciao" }
    await writeFile(path.join(storage, "config.json"), JSON.stringify({ bridge, accessories: [], platforms }))
    const plugins = options.plugin === null ? path.join(storage, "no-plugins") : options.plugin
    await mkdir(plugins, { recursive: true })
    const process_ = spawn(
      process.execPath,
      [options.bin ?? installed, "-U", storage, "-P", plugins, "--strict-plugin-resolution", "-Q"],
      {
        env: { ...process.env, ...atTestTime(), ...options.environment },
        stdio: ["ignore", "pipe", "pipe"],
      },
    )
    const homebridge = new HomebridgeProcess(process_, port)
    await homebridge.line(/is running on port/)
    return homebridge
  }

  /** Waits for a line that was printed or will be; fails when Homebridge ends without it. */
  async line(pattern: RegExp, timeout = 60_000): Promise<string> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = this.lines.find((line) => pattern.test(line))
        if (found !== undefined) done(() => resolve(found))
        else if (this.process.exitCode !== null)
          done(() => reject(new Error(`Homebridge ended.\n${this.lines.join("\n")}`)))
      }
      const timer = setTimeout(
        () => done(() => reject(new Error(`No line ${pattern} in:\n${this.lines.join("\n")}`))),
        timeout,
      )
      const done = (settle: () => void) => {
        clearTimeout(timer)
        this.#waiting.delete(check)
        settle()
      }
      this.#waiting.add(check)
      check()
    })
  }

  /** What Homebridge, HAP-NodeJS or Node complain about. A good run has none. */
  get complaints(): ReadonlyArray<string> {
    return this.lines.filter((line) => /warn|error|unhandled|exception|deprecat|slow|plugin.*not/i.test(line))
  }

  /** As a user does: with an interrupt, and Homebridge saves its cache. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return
    const ended = once(this.process, "exit")
    this.process.kill(signal)
    await ended
  }
}
