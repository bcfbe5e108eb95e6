import { basename } from "node:path"

interface Part {
  /** Name of a file or folder in the home folder. */
  readonly name: string
  readonly holds: string
  /** Whether it opens the sign-ins at Withings: included only on request. */
  readonly signIn?: true
}

/** The contents of a backup, apart from the store. */
export const parts: ReadonlyArray<Part> = [
  { name: "config.yaml", holds: "settings, with the client secret" },
  { name: "matter", holds: "Matter pairings and endpoint numbers" },
  { name: "gladys", holds: "state of the Gladys bridge" },
  { name: "console.json", holds: "the console's password, hashed" },
  { name: "webhook-secret", holds: "the secret part of the webhook address" },
  { name: "key", holds: "the key of the sign-ins", signIn: true },
]

export const storeName = "bridge.db"

const locks: ReadonlySet<string> = new Set(["matter.lock", "matter.pid"])

/**
 * The lock of a running Matter bridge. It holds a process id, which may be another process after a restore and would keep
 * the bridge from starting.
 */
export const isLock = (path: string): boolean => locks.has(basename(path))
