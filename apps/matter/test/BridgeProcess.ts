import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process"
import { cpSync, readFileSync } from "node:fs"
import { join } from "node:path"

const app = join(import.meta.dirname, "..")
export const builtScript = join(app, "withings-matter.mjs")

/** The bundle as users get it. */
export const buildBridge = () =>
  execFileSync("node", ["../../scripts/bundle.mjs", "src/main.ts"], { cwd: app })

/** A copy that stays as it is while the bundle is built anew; answers the script to start. */
export const copyBridge = (folder: string): string => {
  for (const part of ["dist", "package.json", "withings-matter.mjs"])
    cpSync(join(app, part), join(folder, part), { recursive: true })
  return join(folder, "withings-matter.mjs")
}

/** Megabytes of memory that a process holds. */
export const resident = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024

export interface Ready {
  readonly qrPairingCode: string
  readonly manualPairingCode: string
  readonly commissioned: boolean
  /** Milliseconds from spawn. */
  readonly after: number
}

export interface HowToStart {
  readonly script?: string
  /** What starts it, without its arguments; `node SCRIPT` unless told otherwise. */
  readonly command?: ReadonlyArray<string>
  /** What runs it, such as `nsenter` and its words; must become the bridge, so that signals reach it. */
  readonly through?: ReadonlyArray<string>
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** The Matter bridge as a process of its own. */
export class BridgeProcess {
  readonly process: ChildProcess
  readonly ready: Promise<Ready>
  readonly exited: Promise<number | null>
  output = ""

  constructor(home: string, port: number, args: ReadonlyArray<string> = [], how: HowToStart = {}) {
    const { script = builtScript, command = ["node", script], through = [], env = {} } = how
    const started = performance.now()
    const start = [...command, "--home", home, "--port", String(port)]
    const [program = "", ...words] = [...through, ...start, ...args]
    this.process = spawn(program, words, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    })
    this.exited = new Promise((resolve) => this.process.once("exit", resolve))
    this.ready = new Promise((resolve, reject) => {
      const read = (chunk: Buffer) => {
        this.output += chunk.toString()
        const line = /^withings-matter ready (\{.*\})$/m.exec(this.output)?.[1]
        if (line !== undefined) resolve({ ...JSON.parse(line), after: performance.now() - started })
      }
      this.process.stdout?.on("data", read)
      this.process.stderr?.on("data", read)
      void this.exited.then((code) => reject(new Error(`The bridge ended with ${code}: ${this.output}`)))
    })
    // Whoever does not wait for it to be ready waits for its end.
    this.ready.catch(() => undefined)
  }

  /** Milliseconds it took to end. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number> {
    const begun = performance.now()
    this.process.kill(signal)
    await this.exited
    return performance.now() - begun
  }
}

export const command = (home: string, ...args: ReadonlyArray<string>) => {
  const { status, stdout, stderr } = spawnSync("node", [builtScript, "--home", home, ...args], {
    encoding: "utf8",
  })
  return { status, output: stdout + stderr }
}
