import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const cache = join(import.meta.dirname, "..", "node_modules", ".cache", "witness")

/** Newest first. WITNESS_PYTHON names one that is not on the PATH. */
const interpreters = [process.env["WITNESS_PYTHON"], "python3.13", "python3.12", "python3.11", "python3"]

type Version = readonly [number, number]

const versionOf = (interpreter: string): Version | null => {
  const { stdout, status } = spawnSync(interpreter, ["--version"], { encoding: "utf8" })
  const [, major, minor] = /Python (\d+)\.(\d+)/.exec(stdout ?? "") ?? []
  return status === 0 && major !== undefined ? [Number(major), Number(minor)] : null
}

const findInterpreter = (oldest: Version): string | undefined =>
  interpreters.find((interpreter) => {
    const version = interpreter === undefined ? null : versionOf(interpreter)
    return version !== null && version[0] === oldest[0] && version[1] >= oldest[1]
  })

/** Why no Python of this machine is suitable; null: one is. */
export const withoutPython = (oldest: Version): string | null =>
  findInterpreter(oldest) === undefined
    ? `Python ${oldest.join(".")} or newer is needed. Install it, or name one in WITNESS_PYTHON.`
    : null

const orFail = (command: string, args: ReadonlyArray<string>): void => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" })
  if (status === 0) return
  const said = `${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}`.split("\n").slice(-15).join("\n")
  throw new Error(`${command} ${args.join(" ")} failed:\n${said}`)
}

/** The Python of an environment with exactly these pinned packages, which is created once for each list. */
export const pythonWith = (requirements: string, oldest: Version): string => {
  const interpreter = findInterpreter(oldest)
  if (interpreter === undefined) throw new Error(`There is no Python ${oldest.join(".")} or newer.`)
  const key = createHash("sha256")
    .update(`${interpreter} ${versionOf(interpreter)?.join(".")}\n`)
    .update(readFileSync(requirements))
    .digest("hex")
  const folder = join(cache, key.slice(0, 16))
  const python = join(folder, "bin", "python")
  const complete = join(folder, "complete")
  if (existsSync(complete)) return python
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(cache, { recursive: true })
  orFail(interpreter, ["-m", "venv", folder])
  orFail(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements])
  writeFileSync(complete, "")
  return python
}
