import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import type { Check } from "./Witness.ts"

const isCheck = (value: unknown): value is Check =>
  typeof value === "object" && value !== null && "name" in value && "ok" in value && "detail" in value

const readCheck = (line: string): Check | null => {
  if (!line.startsWith("{")) return null
  const value: unknown = JSON.parse(line)
  return isCheck(value) ? value : null
}

export const lineOf = ({ detail, name, ok }: Check): string =>
  `  ${ok ? "ok    " : "FAILED"}  ${name}  ${detail}`

/**
 * Runs a script that prints each check as a line of JSON, and shows each at once. A script that fails adds a failed check,
 * so that a crash half way never looks like success.
 */
export const runPython = async (
  python: string,
  script: string,
  given: Readonly<Record<string, unknown>>,
  wrap: ReadonlyArray<string> = [],
): Promise<ReadonlyArray<Check>> => {
  const [command = python, ...args] = [...wrap, python, script, JSON.stringify(given)]
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] })
  const checks: Array<Check> = []
  const errors: Array<string> = []
  child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text))
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve))
  for await (const line of createInterface({ input: child.stdout })) {
    const check = readCheck(line)
    if (check === null) continue
    checks.push(check)
    process.stdout.write(`${lineOf(check)}\n`)
  }
  const status = await ended
  const lastWords = errors.join("").trim().split("\n").slice(-12).join("\n")
  if (status !== 0)
    checks.push({ name: "runs to its end", ok: false, detail: `status ${status}\n${lastWords}` })
  if (checks.length === 0) checks.push({ name: "looks at anything", ok: false, detail: lastWords })
  return checks
}
