import { readdirSync, readFileSync, readlinkSync } from "node:fs"
import type { Protocol } from "../app/ports.ts"

const orElse = <A>(read: () => A, otherwise: A): A => {
  try {
    return read()
  } catch {
    return otherwise
  }
}

const listening = "0A"

/** Inodes of the sockets on the port, from Linux' /proc/net (proc_net(5)). */
const socketsOn = (port: number, protocol: Protocol): ReadonlySet<string> => {
  const rows = [protocol, `${protocol}6`].flatMap((table) =>
    orElse(() => readFileSync(`/proc/net/${table}`, "utf8"), "")
      .split("\n")
      .slice(1),
  )
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`
  return new Set(
    rows
      .map((row) => row.trim().split(/\s+/u))
      .filter(([, local, , state]) => local?.endsWith(wanted) && (protocol === "udp" || state === listening))
      .flatMap((row) => row[9] ?? []),
  )
}

const holdsOneOf = (pid: string, sockets: ReadonlySet<string>): boolean =>
  orElse(() => readdirSync(`/proc/${pid}/fd`), []).some((file) => {
    const target = orElse(() => readlinkSync(`/proc/${pid}/fd/${file}`), "")
    return target.startsWith("socket:[") && sockets.has(target.slice(8, -1))
  })

/** The process that has the port; null when it is not visible: not on Linux, or another user's. */
export const listenerOn = (port: number, protocol: Protocol): number | null => {
  const sockets = socketsOn(port, protocol)
  if (sockets.size === 0) return null
  const processes = orElse(() => readdirSync("/proc"), []).filter((name) => /^\d+$/u.test(name))
  const found = processes.find((pid) => holdsOneOf(pid, sockets))
  return found === undefined ? null : Number(found)
}

/** Names of processes by their command line; the first match counts. */
const ours: ReadonlyArray<readonly [RegExp, string]> = [
  [/withings-matter|apps\/matter\//u, "the Matter bridge"],
  [/withings-gladys|apps\/gladys\//u, "the Gladys bridge"],
  [/demoSimulator|withings-simulator/u, "the simulated Withings"],
  [/homebridge/u, "Homebridge"],
  [/withings-bridge|cli\/dist\/main/u, "withings-bridge"],
]

export interface ProcessName {
  readonly name: string
  /** Whether it belongs to Withings Bridge. */
  readonly isOurs: boolean
}

/** "the Matter bridge", or the name of the program's file. */
export const processName = (pid: number): ProcessName => {
  const words = orElse(() => readFileSync(`/proc/${pid}/cmdline`, "utf8"), "").split("\0")
  const known = ours.find(([pattern]) => pattern.test(words.join(" ")))
  if (known !== undefined) return { name: known[1], isOurs: true }
  const program = words[0]?.split("/").at(-1)?.split(" ")[0]
  return { name: program === undefined || program === "" ? "a process" : program, isOurs: false }
}

export const processText = (pid: number): string => `${processName(pid).name} (process ${pid})`
