// A start from a snapshot: V8's picture of the loaded app, made once on this machine. It takes a third less processor
// time than loading the bundle, and 20 to 30 MB more memory. See docs/decisions/0023.
import { spawn } from "node:child_process"
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { homedir, setPriority, constants } from "node:os"
import { basename, dirname, isAbsolute, join } from "node:path"
import { fileURLToPath } from "node:url"

const here = dirname(fileURLToPath(import.meta.url))
const bundle = join(here, "dist", "snapshot.cjs")
const prefix = "withings-matter-"

/** The heap is 38 MB when a snapshot has been read: V8 would soon look through all of it. */
const roomToStart = "--initial-old-space-size=64"

const or = (read, otherwise) => {
  try {
    return read()
  } catch {
    return otherwise
  }
}

const stat = (file) => or(() => lstatSync(file), null)

const folder = () => {
  const given = [process.env.CACHE_DIRECTORY?.split(":")[0], process.env.XDG_CACHE_HOME]
  return join(given.find((path) => path && isAbsolute(path)) ?? join(homedir(), ".cache"), "withings-bridge")
}

/** What nobody else can replace: the snapshot is code that the bridge runs. */
const isOurs = (found) => found !== null && found.uid === process.getuid?.() && (found.mode & 0o022) === 0

/**
 * Another Node, bundle, boot or container has another snapshot. npm gives all files one `mtime`; the `ctime` of a Node
 * changes with each hard link that pnpm makes.
 */
const key = () =>
  [
    process.versions.node,
    identity(process.execPath, "mtimeMs"),
    identity(bundle, "ctimeMs"),
    or(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(), "any"),
    or(() => readlinkSync("/proc/self/ns/pid").replaceAll(/\D/g, ""), "any"),
  ].join("-")

const identity = (file, time) =>
  or(() => {
    const found = statSync(file)
    return `${found.size}.${found.ino}.${Math.floor(found[time])}`
  }, "none")

/** Where the snapshot for this Node and this bundle is, or will be. */
export const snapshotFile = () => join(folder(), `${prefix}${key()}.snapshot`)

/** Only on request: see docs/matter.md. What was asked of Node besides would not hold in a snapshot. */
const isWanted = (flags) =>
  process.env.WITHINGS_MATTER_SNAPSHOT === "1" &&
  process.execve !== undefined &&
  process.platform !== "win32" &&
  process.env.NODE_OPTIONS === undefined &&
  process.execArgv.every((flag) => flags.includes(flag))

/**
 * How to start from the snapshot; null: there is none, or it is not to be trusted. The app removes the mark that is left
 * here. A process that is gone and left its mark could not read the snapshot, or was killed early: it is made anew then.
 */
export const takeSnapshot = (flags) => {
  if (!isWanted(flags)) return null
  try {
    const file = snapshotFile()
    const found = stat(file)
    if (!isOurs(stat(dirname(file))) || !isOurs(found) || !found.isFile() || found.size === 0) return null
    if (marksOfTheGone(file).length > 0) return null
    writeFileSync(`${file}.starting.${process.pid}`, "")
    return [roomToStart, "--snapshot-blob", file]
  } catch {
    return null
  }
}

const marksOfTheGone = (file) => {
  const mark = `${basename(file)}.starting.`
  const isGone = (name) => name.startsWith(mark) && !isRunning(Number(name.slice(mark.length)))
  return readdirSync(dirname(file)).flatMap((name) => (isGone(name) ? [join(dirname(file), name)] : []))
}

const isRunning = (pid) => pid !== process.pid && or(() => process.kill(pid, 0), false)

/** Makes the snapshot, beside a bridge that runs, and tries it. An empty file says that it cannot be made here. */
export const makeSnapshot = async (flags) => {
  if (!isWanted(flags)) return
  let draft = null
  try {
    const file = snapshotFile()
    if (stat(file) !== null && marksOfTheGone(file).length === 0) return
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    if (!isOurs(stat(dirname(file)))) return
    draft = `${file}.${process.pid}`
    removeOld(dirname(file))
    const made =
      (await node([...flags, "--snapshot-blob", draft, "--build-snapshot", bundle])) &&
      (await node([...flags, roomToStart, "--snapshot-blob", draft, "withings-matter", "--version"]))
    if (!made) writeFileSync(draft, "", { mode: 0o600 })
    const doubts = marksOfTheGone(file)
    // Node writes it by the umask, and one that the group can write is never used.
    chmodSync(draft, 0o600)
    renameSync(draft, file)
    for (const mark of doubts) rmSync(mark, { force: true })
  } catch {
    // Such as a folder that cannot be written, or no home at all: the next start loads the bundle again.
    if (draft !== null) rmSync(draft, { force: true })
  }
}

const day = 86_400_000

/** Those of other versions and boots. A bridge that finds its own gone makes it again. */
const removeOld = (folder) => {
  for (const name of readdirSync(folder).filter((each) => each.startsWith(prefix))) {
    const file = join(folder, name)
    if (Date.now() - (stat(file)?.mtimeMs ?? Infinity) > day) rmSync(file, { force: true })
  }
}

/** True when it ended well. Ends with the bridge. */
const node = (args) =>
  new Promise((resolve) => {
    const { HOME, PATH, TMPDIR, USER } = process.env
    const child = spawn(process.execPath, args, {
      stdio: "ignore",
      env: { HOME, PATH, TMPDIR, USER, MALLOC_ARENA_MAX: "1" },
    })
    const end = () => child.kill("SIGKILL")
    process.once("exit", end)
    or(() => setPriority(child.pid, constants.priority.PRIORITY_LOW), null)
    child.once("error", () => resolve(false))
    child.once("exit", (code) => {
      process.off("exit", end)
      resolve(code === 0)
    })
  })
