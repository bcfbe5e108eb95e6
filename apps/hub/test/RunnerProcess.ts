import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createWriteStream } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"

export interface Command {
  /** Of Node: flags, script, arguments. */
  readonly args: ReadonlyArray<string>
  readonly env: Readonly<Record<string, string>>
  readonly port: number
  /** The file that receives its output. */
  readonly log?: string
}

/** A runner of the hub that can be killed, frozen, told to end, and started again. */
export class RunnerProcess {
  readonly port: number
  readonly #command: Command
  #process: ChildProcess | null = null
  /** The last process that was told to end, perhaps while it started. */
  #ending: ChildProcess | null = null
  #said = ""

  constructor(command: Command) {
    this.#command = command
    this.port = command.port
  }

  get pid(): number {
    return this.#process?.pid ?? 0
  }

  get isRunning(): boolean {
    return this.#process !== null && this.#process.exitCode === null && this.#process.signalCode === null
  }

  /** The end of its output. */
  get said(): string {
    return this.#said
  }

  /** Resolves when it is ready for work. */
  async start(): Promise<void> {
    const { args, env, log } = this.#command
    const child = spawn(process.execPath, [...args], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    })
    const file = log === undefined ? null : createWriteStream(log, { flags: "a" })
    for (const output of [child.stdout, child.stderr])
      output.on("data", (chunk: Buffer) => {
        this.#said = (this.#said + String(chunk)).slice(-4000)
        file?.write(chunk)
      })
    child.once("exit", () => file?.end())
    this.#process = child
    while (!(await this.#isReady())) {
      if (child.signalCode !== null || (child.exitCode !== null && this.#ending === child)) return
      if (child.exitCode !== null) throw new Error(`A runner ended with ${child.exitCode}: ${this.#said}`)
      await sleep(100)
    }
  }

  async #isReady(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/ready`, {
      signal: AbortSignal.timeout(2000),
    }).catch(() => null)
    await answer?.arrayBuffer()
    return answer?.status === 200
  }

  freeze(): void {
    this.#process?.kill("SIGSTOP")
  }

  thaw(): void {
    this.#process?.kill("SIGCONT")
  }

  async kill(): Promise<void> {
    await this.#end("SIGKILL")
  }

  /** Sends SIGTERM: it hands its work over and ends. */
  async stop(): Promise<void> {
    this.thaw()
    await this.#end("SIGTERM")
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process
    if (child === null || !this.isRunning) return
    this.#ending = child
    const exited = once(child, "exit")
    child.kill(signal)
    await exited
  }
}
