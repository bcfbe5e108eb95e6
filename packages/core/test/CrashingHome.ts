import { Effect } from "effect"
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

const script = fileURLToPath(new URL("./crashingProcess.ts", import.meta.url))

/** Longer than a lease lasts. Milliseconds. */
const frozenFor = 12_000

/** A process of a household that is killed and frozen while it works. */
export class CrashingHome {
  readonly name: string
  readonly #home: string
  readonly #url: string
  #process: ChildProcess
  #up: Promise<unknown>
  #thaw: NodeJS.Timeout | undefined
  #said = ""

  constructor(home: string, url: string, name: string) {
    this.name = name
    this.#home = home
    this.#url = url
    this.#process = this.#start()
    this.#up = this.#begun()
  }

  /** Fails when the process ends by itself. */
  #begun(): Promise<unknown> {
    const child = this.#process
    const endedByItself = new Promise((_, reject) =>
      child.once("exit", (code) => {
        if (code !== null) reject(new Error(`${this.name} ended with ${code}: ${this.#said.slice(-2000)}`))
      }),
    )
    const begun = Promise.race([once(child, "message"), endedByItself])
    // Nobody may be waiting just then.
    begun.catch(() => undefined)
    return begun
  }

  #start(): ChildProcess {
    const flags = ["--conditions", "@withings-bridge/source"]
    const child = spawn(process.execPath, [...flags, script, this.#home, this.#url, this.name], {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    })
    for (const output of [child.stdout, child.stderr])
      output?.on("data", (chunk: Buffer) => {
        this.#said += String(chunk)
      })
    return child
  }

  /** Resolves once it runs and is not frozen. */
  get up(): Promise<unknown> {
    const { exitCode } = this.#process
    if (exitCode === null) return this.#up
    return Promise.reject(new Error(`${this.name} ended with ${exitCode}: ${this.#said.slice(-2000)}`))
  }

  /** Everything that it logged. */
  get said(): string {
    return this.#said
  }

  /** The records that reached its home, in order. */
  get told(): ReadonlyArray<string> {
    const file = `${this.#home}/told-${this.name}`
    return existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : []
  }

  /** Kills it and starts another in its place. */
  crash(): void {
    this.end()
    this.#process = this.#start()
    this.#up = this.#begun()
  }

  /** Stops it for longer than a lease lasts, then continues it. */
  freeze(): void {
    const frozen = this.#process
    frozen.kill("SIGSTOP")
    this.#up = new Promise((resolve) => {
      this.#thaw = setTimeout(() => resolve(frozen.kill("SIGCONT")), frozenFor)
    })
  }

  end(): void {
    clearTimeout(this.#thaw)
    this.#process.kill("SIGKILL")
  }
}

/** Processes of one household, ended with the scope. */
export const crashingHomes = (home: string, url: string, names: ReadonlyArray<string>) =>
  Effect.acquireRelease(
    Effect.sync(() => names.map((name) => new CrashingHome(home, url, name))),
    (homes) => Effect.sync(() => homes.forEach((one) => one.end())),
  )
