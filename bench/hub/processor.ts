import { readdirSync, readFileSync } from "node:fs"

const ticksPerSecond = 100

const statOf = (pid: number): { readonly parent: number; readonly seconds: number } | null => {
  try {
    // The name of the program may contain spaces, the fields after its bracket do not.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? []
    return { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond }
  } catch {
    return null
  }
}

/** Seconds of processor time of a process and its children. */
export const busySeconds = (pid: number): number => {
  const all = readdirSync("/proc")
    .map(Number)
    .filter((each) => each > 0)
  const stats = new Map(
    all.flatMap((each) => ((stat) => (stat === null ? [] : [[each, stat] as const]))(statOf(each))),
  )
  const treeSeconds = (root: number): number =>
    [...stats].reduce(
      (sum, [each, { parent }]) => (parent === root ? sum + treeSeconds(each) : sum),
      stats.get(root)?.seconds ?? 0,
    )
  return treeSeconds(pid)
}

/** Megabytes, as `ps` counts them. */
export const megabytes = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024
  } catch {
    return 0
  }
}
