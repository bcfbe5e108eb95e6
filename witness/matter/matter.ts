import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { buildBridge } from "../../apps/matter/test/BridgeProcess.ts"
import type { Witness } from "../Witness.ts"

/** The CHIP SDK keeps its counters here. In the namespace an empty folder is mounted over it. */
const counters = "/data"
const library = "libnl-route-3.so.200"

/** A namespace, so that network and mounts end with the run. */
const enter = ["unshare", "-nm", "sh", "-c"]
const setUp = `mount -t tmpfs tmpfs ${counters} && ip link set lo up && exec "$@"`
const inNamespace = [...enter, setUp, "in-namespace"]

const hindrance = (): string | null => {
  if (process.platform !== "linux") return "It needs Linux: the SDK is built for nothing else."
  if (process.getuid?.() !== 0) return "It needs root, for network namespaces and their cable."
  if (spawnSync("ip", ["-V"]).status !== 0) return "It needs `ip`: install iproute2."
  if (!existsSync(counters)) return `The SDK writes to ${counters}: create that folder. It stays empty.`
  if (!spawnSync("ldconfig", ["-p"], { encoding: "utf8" }).stdout?.includes(library))
    return `The SDK needs ${library}: install libnl-route-3-200.`
  if (spawnSync("unshare", ["-nm", "mount", "-t", "tmpfs", "tmpfs", counters]).status !== 0)
    return "This machine allows no namespaces (unshare), even for root."
  return null
}

/** Home Assistant's Matter server and the bridge, on two hosts with a cable between them. */
export const matter: Witness = {
  name: "python-matter-server",
  about:
    "Home Assistant's Matter server with the CHIP SDK, in a network namespace of its own, against the shipped bridge: commissioning, interview, wildcard read, one event for each act, also after every kind of restart and reset.",
  folder: "matter",
  oldestPython: [3, 12],
  hindrance,
  run: async (python) => {
    buildBridge()
    const household = join(import.meta.dirname, "twoHosts.ts")
    return python({}, [...inNamespace, process.execPath, ...process.execArgv, household])
  },
}
