import { createHash, randomUUID } from "node:crypto"
import { readFileSync, readlinkSync } from "node:fs"
import { hostname } from "node:os"

/**
 * Who holds a lease: host, process id, start of the process, and a word of its own, separated by "/". A process that
 * was killed gave nothing back; its host can see that it is gone, and need not wait for the lease to expire.
 */
export const newHolder = (pid = process.pid): string =>
  [thisHost, pid, standing(pid)?.start ?? "", randomUUID()].join("/")

/** Its process id, where it is a process of this host; null of another one, where the number means nothing. */
export const processOf = (holder: string): number | null => {
  const [host, pid] = holder.split("/")
  return host === thisHost && Number(pid) > 0 ? Number(pid) : null
}

/** True only when it is certain: a process of this host that is gone. Of another host nothing is known. */
export const isGone = (holder: string): boolean => {
  const [host, pid, start] = holder.split("/")
  if (host !== thisHost || !(Number(pid) > 0)) return false
  if (!exists(Number(pid))) return true
  const now = standing(Number(pid))
  return now !== null && (now.start !== start || now.isDead)
}

const orElse = <A>(read: () => A, otherwise: A): A => {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** Process ids mean something only within one boot and one container, which may share their host's name. */
const thisHost = createHash("sha256")
  .update(
    orElse(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"), "") +
      orElse(() => readlinkSync("/proc/self/ns/pid"), "") +
      hostname(),
  )
  .digest("hex")
  .slice(0, 16)

/** A process of another user may be hidden in /proc, but not from this. */
const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH")
  }
}

/** From Linux' /proc/PID/stat (proc_pid_stat(5)); null elsewhere, where an id used anew waits for the expiry. */
const standing = (pid: number): { readonly start: string; readonly isDead: boolean } | null => {
  const text = orElse(() => readFileSync(`/proc/${pid}/stat`, "latin1"), "")
  // The name before may hold spaces and brackets.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ")
  const [state, start] = [fields[0], fields[19]]
  // Killed, but nobody asked for its status yet: in a container without an init it stays so.
  return state === undefined || start === undefined ? null : { start, isDead: state === "Z" || state === "X" }
}
