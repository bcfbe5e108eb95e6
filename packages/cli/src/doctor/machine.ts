import { constants } from "node:fs"
import { access, stat, statfs } from "node:fs/promises"
import { networkInterfaces } from "node:os"
import process from "node:process"
import { Effect } from "effect"
import { bad, good, noted, type Finding } from "./Finding.ts"

const wantedNode = [22, 13] as const

export const checkNode: Effect.Effect<Finding> = Effect.sync(() => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
  const isEnough = major > wantedNode[0] || (major === wantedNode[0] && minor >= wantedNode[1])
  return isEnough
    ? good("Node", process.versions.node)
    : bad("Node", `${process.versions.node} is too old`, `Install Node ${wantedNode.join(".")} or newer.`)
})

const attempt = <A>(read: () => Promise<A>): Effect.Effect<A | null> =>
  Effect.orElseSucceed(Effect.tryPromise(read), () => null)

export const checkHome = (home: string): Effect.Effect<Finding> =>
  Effect.gen(function* () {
    const about = "Home folder"
    const found = yield* attempt(() => stat(home))
    if (found === null)
      return bad(about, `${home} does not exist`, "Run `withings-bridge init`, or set WITHINGS_BRIDGE_HOME.")
    if (!found.isDirectory())
      return bad(about, `${home} is no folder`, "Set WITHINGS_BRIDGE_HOME to a folder.")
    const writable = yield* attempt(() => access(home, constants.W_OK).then(() => true))
    if (writable === null)
      return bad(about, `${home} cannot be written`, `Make it yours: sudo chown -R "$USER" ${home}`)
    if ((found.mode & 0o077) !== 0)
      return noted(about, `${home} can be read by other users`, `Close it: chmod 700 ${home}`)
    return good(about, home)
  })

export const checkKey = (home: string): Effect.Effect<Finding> =>
  Effect.gen(function* () {
    const path = `${home}/key`
    const found = yield* attempt(() => stat(path))
    if (found === null) return noted("Key", "none yet", "It is made at the first sign-in.")
    return (found.mode & 0o077) === 0
      ? good("Key", "only you can read it")
      : bad("Key", `${path} can be read by other users`, `Close it: chmod 600 ${path}`)
  })

const littleSpace = 200 * 1024 * 1024

export const checkDisk = (home: string): Effect.Effect<Finding> =>
  Effect.gen(function* () {
    const disk = yield* attempt(() => statfs(home))
    if (disk === null) return noted("Disk", "free space is not known", "Look at it with: df -h")
    const free = disk.bavail * disk.bsize
    const found = `${Math.round(free / 1024 / 1024)} MB free`
    return free > littleSpace
      ? good("Disk", found)
      : bad("Disk", found, "Make room: the history cannot grow.")
  })

/** Phones find the bridges by multicast; that needs a network interface besides this machine's own. */
export const checkNetwork: Effect.Effect<Finding> = Effect.sync(() => {
  const outside = Object.entries(networkInterfaces()).filter(([, addresses]) =>
    addresses?.some(({ internal }) => !internal),
  )
  return outside.length > 0
    ? good("Network", outside.map(([name]) => name).join(", "))
    : noted(
        "Network",
        "no interface but this machine's own",
        "Phones and hubs cannot find the bridges: connect it to the network (in Docker: network_mode: host).",
      )
})
