import { constants } from "node:fs"
import { access, stat, statfs } from "node:fs/promises"
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

export const homeFolder = "Home folder"

export const checkHome = (home: string): Effect.Effect<Finding> =>
  Effect.gen(function* () {
    const about = homeFolder
    const found = yield* attempt(() => stat(home))
    if (found === null)
      return bad(about, `${home} does not exist`, "Run `withings-bridge init`, or set WITHINGS_BRIDGE_HOME.")
    if (!found.isDirectory())
      return bad(about, `${home} is not a folder`, "Set WITHINGS_BRIDGE_HOME to a folder.")
    const writable = yield* attempt(() => access(home, constants.W_OK).then(() => true))
    if (writable === null)
      return bad(about, `${home} cannot be written`, `Make it yours: sudo chown -R "$USER" ${home}`)
    if ((found.mode & 0o007) !== 0)
      return bad(about, `${home} is open to every user of this machine`, `Close it: chmod o-rwx '${home}'`)
    return good(about, home)
  })

export const checkKey = (home: string): Effect.Effect<Finding> =>
  Effect.gen(function* () {
    const path = `${home}/key`
    const found = yield* attempt(() => stat(path))
    if (process.env["WITHINGS_BRIDGE_KEY"]) return good("Key", "from WITHINGS_BRIDGE_KEY")
    if (found === null) return noted("Key", "none yet", "It is made at the first sign-in.")
    // The group may read it: Homebridge often runs as another user.
    return (found.mode & 0o007) === 0
      ? good("Key", `others cannot read it (mode ${(found.mode & 0o777).toString(8).padStart(4, "0")})`)
      : bad("Key", `${path} can be read by other users`, `Close it: chmod o-rwx '${path}'`)
  })

const littleSpace = 200 * 1024 * 1024

export const checkDisk = (home: string): Effect.Effect<Finding> =>
  Effect.gen(function* () {
    const disk = yield* attempt(() => statfs(home))
    if (disk === null) return noted("Disk", "free space is unknown", "Check it with: df -h")
    const free = disk.bavail * disk.bsize
    const found = `${Math.round(free / 1024 / 1024)} MB free`
    return free > littleSpace
      ? good("Disk", found)
      : bad("Disk", found, "Make room: the history cannot grow.")
  })
