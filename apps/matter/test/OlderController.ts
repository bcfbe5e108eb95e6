import { type ChildProcess, spawn } from "node:child_process"
import { join } from "node:path"

interface Line {
  readonly bridged?: ReadonlyArray<{ readonly number: number; readonly name: string }>
  readonly endpoint?: number
  readonly attribute?: string
  readonly event?: string
  readonly value?: unknown
}

/** The controller of matter-0.13.ts: commissions at once, then tells what it sees. */
export class OlderController {
  readonly lines: Array<Line> = []
  readonly #process: ChildProcess
  readonly #exited: Promise<unknown>

  constructor(storage: string, pairingCode: string) {
    this.#process = spawn("node", [join(import.meta.dirname, "matter-0.13.ts"), storage, pairingCode], {
      stdio: ["pipe", "pipe", "inherit"],
    })
    this.#exited = new Promise((resolve) => this.#process.once("exit", resolve))
    let rest = ""
    this.#process.stdout?.on("data", (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split("\n")
      rest = lines.pop() ?? ""
      this.lines.push(...lines.map((line) => JSON.parse(line)))
    })
  }

  get bridged() {
    return this.lines.find(({ bridged }) => bridged !== undefined)?.bridged
  }

  async stop() {
    this.#process.stdin?.end()
    await this.#exited
  }
}
