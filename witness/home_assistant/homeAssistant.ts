import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Witness } from "../Witness.ts"

/** A separate network and hosts file, in which Withings' names lead to the simulator. */
const enter = ["unshare", "-nm", "sh", "-c"]
const setUp = [
  'mount --bind "$HOSTS" /etc/hosts',
  "ip link set lo up",
  "ip link add home type veth peer name street",
  "ip addr add 10.78.0.1/24 dev home",
  "ip link set home up",
  "ip link set street up",
  "ip route add default dev home",
  'exec "$@"',
].join(" && ")

const hosts = `127.0.0.1 localhost wbsapi.withings.net account.withings.com
127.0.0.2 home.example
`

const hindrance = (): string | null => {
  if (process.platform !== "linux") return "It needs Linux, for a separate network and hosts file."
  if (process.getuid?.() !== 0) return "It needs root, for a separate network and hosts file."
  if (spawnSync("ip", ["-V"]).status !== 0) return "It needs `ip`: install iproute2."
  if (spawnSync("unshare", ["-nm", "mount", "--bind", "/etc/hosts", "/etc/hosts"]).status !== 0)
    return "This machine allows no namespaces (unshare), even for root."
  return null
}

/** The whole of Home Assistant, with only a hosts file and one more trusted authority. */
export const homeAssistant: Witness = {
  name: "home-assistant",
  about:
    "Home Assistant with its Withings integration, unmodified, against the simulator with `--tls` on port 443: set-up by its own pages' API, sign-in of two persons, the state of every entity beside what the simulator answers, webhooks.",
  folder: "home_assistant",
  oldestPython: [3, 13],
  hindrance,
  run: async (python) => {
    const folder = mkdtempSync(join(tmpdir(), "witness-"))
    const names = join(folder, "hosts")
    writeFileSync(names, hosts)
    const household = join(import.meta.dirname, "withingsAtHome.ts")
    try {
      const inNamespace = ["env", `HOSTS=${names}`, ...enter, setUp, "in-namespace"]
      return await python({}, [...inNamespace, process.execPath, ...process.execArgv, household])
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}
