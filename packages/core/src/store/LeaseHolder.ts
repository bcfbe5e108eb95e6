import { createHash, randomUUID } from "node:crypto"
import { readFileSync, readlinkSync } from "node:fs"
import { hostname } from "node:os"

/**
 * Name of a holder: host, process id, start of the process, and a random part, separated by "/". By it, other processes
 * of the host can see that a killed one is gone, and need not wait for the lease to expire.
 */
export const newHolder = (pid = process.pid): string =>
  [thisHost, pid, standing(pid)?.start ?? "", randomUUID()].join("/")

/** Its process id; null for a process of another host. */
export const processOf = (holder: string): number | null => {
  const [host, pid] = holder.split("/")
  return host === thisHost && Number(pid) > 0 ? Number(pid) : null
}

/** True only when it is certain; of another host nothing is known. */
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

/** Process ids are unique only within one boot and one container; containers may share a host name. */
const thisHost = createHash("sha256")
  .update(
    orElse(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"), "") +
      orElse(() => readlinkSync("/proc/self/ns/pid"), "") +
      hostname(),
  )
  .digest("hex")
  .slice(0, 16)

/** Also works for processes of other users that /proc hides. */
const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH")
  }
}

/** From /proc/PID/stat (proc_pid_stat(5)); null on systems without it, where a reused id waits for the expiry. */
const standing = (pid: number): { readonly start: string; readonly isDead: boolean } | null => {
  const text = orElse(() => readFileSync(`/proc/${pid}/stat`, "latin1"), "")
  // The name in front may contain spaces and brackets.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ")
  const [state, start] = [fields[0], fields[19]]
  // A zombie: in a container without an init it stays one.
  return state === undefined || start === undefined ? null : { start, isDead: state === "Z" || state === "X" }
}
