import type { Sent } from "./request.ts"
import { readFileSync, readdirSync, readlinkSync } from "node:fs"

/** An entrance that needs a password or a key. */
export interface Door {
  /** The request with a secret, right or wrong. */
  readonly ask: (secret: string) => Sent
  readonly secret: string
}

/** A sign-in at Withings that waits for the browser to return. */
export interface SignIn {
  readonly begin: () => Promise<{ readonly authorizeUrl: string; readonly callbackUrl: string }>
  readonly isSignedIn: () => Promise<boolean>
}

/** A server of this project, attacked over its real socket. */
export interface Target {
  readonly name: string
  readonly url: string
  /** The process that listens. */
  readonly pid: number
  /** A path that `headers` gives access to, to check that the server still works. */
  readonly alive: string
  /** Its status there; default 200. */
  readonly aliveStatus?: number
  readonly headers: Readonly<Record<string, string>>
  /** Paths that accept a body, protected or not. */
  readonly bodies: ReadonlyArray<string>
  /** Paths with measures or actions that nobody from outside may reach. */
  readonly guarded: ReadonlyArray<string>
  readonly door?: Door
  readonly signIn?: SignIn
  /** Restarts the process. For a server with sessions. */
  readonly restart?: () => Promise<void>
  /** A link that signs a browser in. */
  readonly link?: () => string
}

/** What an attack achieved. */
export interface Hole {
  readonly target: string
  readonly attack: string
  readonly what: string
}

/** One kind of attack. Returns what it achieved; null: it does not apply to the target. */
export interface Attack {
  readonly name: string
  readonly run: (target: Target) => Promise<ReadonlyArray<string> | null>
}

const statusOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8")
  } catch {
    return ""
  }
}

/** Resident and peak megabytes of the process, from proc_pid_status(5); 0 when it has ended. */
export const memoryOf = (pid: number): { readonly now: number; readonly peak: number } => {
  const status = statusOf(pid)
  const megabytes = (key: string) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024
  return { now: megabytes("VmRSS"), peak: megabytes("VmHWM") }
}

/** The process that listens on a port of this machine; from proc_net(5). */
export const listenerOn = (port: number): number => {
  const hex = `:${port.toString(16).toUpperCase().padStart(4, "0")}`
  const sockets = new Set(
    ["tcp", "tcp6"].flatMap((table) =>
      readFileSync(`/proc/net/${table}`, "utf8")
        .split("\n")
        .map((line) => line.trim().split(/\s+/))
        .filter(([, local, , state]) => local?.endsWith(hex) && state === "0A")
        .map((columns) => `socket:[${columns[9]}]`),
    ),
  )
  const holds = (pid: string) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).some((name) =>
        sockets.has(readlinkSync(`/proc/${pid}/fd/${name}`)),
      )
    } catch {
      return false
    }
  }
  const found = readdirSync("/proc").find((name) => /^\d+$/.test(name) && holds(name))
  if (found === undefined) throw new Error(`Nothing listens on port ${port}`)
  return Number(found)
}
