import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import type { PersonId } from "../src/measure/Person.ts"

const script = fileURLToPath(new URL("refreshWorker.ts", import.meta.url))

/** Tells answers from log lines. */
const answerMark = "» "

/** A process that replaces tokens on demand; its output is kept. */
export interface Worker {
  readonly process: ChildProcess
  readonly output: () => string
  readonly ready: Promise<void>
  /** Answers "ok", what went wrong, or "killed". */
  readonly replace: (personId: PersonId) => Promise<string>
}

export const startWorker = (home: string, url: string, env: NodeJS.ProcessEnv = {}): Worker => {
  const child = spawn(process.execPath, ["--conditions", "@withings-bridge/source", script, home, url], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...env },
  })
  let output = ""
  let rest = ""
  const waiting: Array<(line: string) => void> = []
  const nextLine = () => new Promise<string>((resolve) => waiting.push(resolve))
  const started = async (line: Promise<string>) => {
    if ((await line) !== "ready") throw new Error(`The worker did not start: ${output}`)
  }
  const ready = started(nextLine())
  child.stdout.on("data", (chunk: Buffer) => {
    output += String(chunk)
    const lines = (rest + String(chunk)).split("\n")
    rest = lines.pop() ?? ""
    for (const line of lines)
      if (line.startsWith(answerMark)) waiting.shift()?.(line.slice(answerMark.length))
  })
  child.stderr.on("data", (chunk: Buffer) => {
    output += String(chunk)
  })
  child.stdin.on("error", () => undefined)
  child.on("close", () => {
    for (const resolve of waiting.splice(0)) resolve("killed")
  })
  return {
    process: child,
    output: () => output,
    ready,
    replace: (personId) => {
      const answer = nextLine()
      child.stdin.write(`${personId}\n`)
      return answer
    },
  }
}

export const stopWorker = async ({ process }: Worker): Promise<void> => {
  if (process.exitCode !== null || process.signalCode !== null) return
  const closed = once(process, "close")
  process.kill("SIGKILL")
  await closed
}
