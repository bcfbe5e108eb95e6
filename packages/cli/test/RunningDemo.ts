import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..")
const cli = join(root, "packages/cli/dist/main.js")

export const until = async <A>(
  what: string | (() => string),
  look: () => A | undefined,
  ms = 300_000,
): Promise<A> => {
  const deadline = Date.now() + ms
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    if (Date.now() > deadline)
      throw new Error(`Timed out waiting for ${typeof what === "string" ? what : what()}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    // A zombie is not alive either.
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ")
  } catch {
    return false
  }
}

/** The processes that a process has started. */
export const childrenOf = ({ pid }: ChildProcess): ReadonlyArray<number> => {
  const parentOf = (child: number) => {
    const stat = readFileSync(`/proc/${child}/stat`, "utf8")
    return Number(stat.slice(stat.lastIndexOf(")")).split(" ")[2])
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((child) => isAlive(child) && parentOf(child) === pid)
}

/** The demo as a user starts it, but without a terminal, and on this machine alone. */
export class RunningDemo {
  readonly #process: ChildProcess
  readonly #startedAt = performance.now()
  output = ""

  constructor(home: string, ...options: ReadonlyArray<string>) {
    this.#process = spawn(
      process.execPath,
      [cli, "demo", "--home", home, "--loopback", "--every", "0", ...options],
      { stdio: ["ignore", "pipe", "pipe"] },
    )
    const keep = (chunk: Buffer) => {
      this.output += chunk.toString()
    }
    this.#process.stdout?.on("data", keep)
    this.#process.stderr?.on("data", keep)
  }

  get hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null
  }

  get exitCode(): number | null {
    return this.#process.exitCode
  }

  async says(text: string): Promise<void> {
    await until(
      () => `"${text}" in:\n${this.output}`,
      () => {
        if (this.output.includes(text)) return true
        if (this.hasEnded) throw new Error(`The demo ended before it said "${text}":\n${this.output}`)
        return undefined
      },
    )
  }

  /** Milliseconds since it was started. */
  get age(): number {
    return performance.now() - this.#startedAt
  }

  /** The processes it has started. */
  get children(): ReadonlyArray<number> {
    return childrenOf(this.#process)
  }

  /** Sends the signal; returns how many milliseconds the demo took to end. */
  async end(signal: NodeJS.Signals): Promise<number> {
    const startedAt = performance.now()
    this.#process.kill(signal)
    await until("the demo to end", () => this.hasEnded || undefined)
    return performance.now() - startedAt
  }
}

/** A command of a second terminal. */
export const inSecondTerminal = (...args: ReadonlyArray<string>) =>
  spawnSync(process.execPath, [cli, "demo", ...args], { encoding: "utf8" })
