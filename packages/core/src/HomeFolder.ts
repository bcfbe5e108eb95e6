import { Effect } from "effect"
import { accessSync, chmodSync, chownSync, constants, existsSync, mkdirSync, statSync } from "node:fs"
import { homedir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { ConfigError } from "./config/ConfigError.ts"

const everyone = 0o007

/** The folder that all processes of a household share. */
export const homePath = (
  chosen: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string => resolve(chosen ?? env["WITHINGS_BRIDGE_HOME"] ?? join(homedir(), ".withings-bridge"))

/**
 * Creates the folder for its owner alone. One that everyone can read is refused, because it holds tokens; a group may
 * have access if the user allowed it, because Homebridge and the other apps often run as different users.
 */
export const findHome = (home: string): Effect.Effect<string, ConfigError> =>
  Effect.try({
    try: () => {
      if (!existsSync(home)) {
        makeFolder(home)
        // The umask may take away from the mode.
        chmodSync(home, 0o700)
      }
      return statSync(home)
    },
    catch: (cause) =>
      ConfigError.one(
        "the home folder",
        home,
        `that it cannot be made or read (${cause instanceof Error ? cause.message : String(cause)})`,
        {
          wanted: "a folder that this user may write to; --home or WITHINGS_BRIDGE_HOME chooses another one",
        },
      ),
  }).pipe(
    Effect.flatMap((stat) => {
      if (!stat.isDirectory()) {
        return Effect.fail(ConfigError.one("the home folder", home, "a file", { wanted: "a folder" }))
      }
      if (process.platform !== "win32" && (stat.mode & everyone) !== 0) {
        const wanted = `a folder closed to others, since it keeps the tokens. Run: chmod o-rwx '${home}'`
        return Effect.fail(
          ConfigError.one("the home folder", home, "open to every user of this machine", { wanted }),
        )
      }
      return Effect.succeed(home)
    }),
  )

/** Fail early with a readable message instead of a raw EACCES from the first write. */
export const writableHome = (home: string): Effect.Effect<void, ConfigError> =>
  Effect.try({
    try: () => accessSync(home, constants.W_OK),
    catch: (cause) => {
      const isReadOnly = cause instanceof Error && "code" in cause && cause.code === "EROFS"
      const wanted = isReadOnly
        ? "a disk or volume that is mounted for writing"
        : `one that this user may write to. Make it yours: sudo chown -R "$USER" '${home}'`
      const found = isReadOnly ? "on a read-only disk" : "a folder that this user cannot write"
      return ConfigError.one("the home folder", home, found, { wanted })
    },
  })

/** findHome and writableHome, for callers that write. */
export const openHome = (home: string): Effect.Effect<string, ConfigError> =>
  Effect.zipLeft(findHome(home), writableHome(home))

/** With its parents, one by one: the recursive option of `mkdirSync` hangs where no folder can be made, as in /proc. */
const makeFolder = (path: string): void => {
  const parent = dirname(path)
  if (!existsSync(parent)) makeFolder(parent)
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (cause) {
    // Apps that start together may make it at the same moment.
    if (!existsSync(path)) throw cause
  }
}

const groupRights = 0o070

/**
 * Gives a file the group permissions of its folder, because processes of several users may share a home folder through
 * a group. A file of another user is left alone.
 */
export const shareWithGroup = (path: string): void => {
  if (process.platform === "win32") return
  const folder = statSync(dirname(path))
  const file = statSync(path)
  if (file.uid !== process.getuid?.()) return
  const mode = 0o600 | (folder.mode & groupRights & 0o060)
  if ((mode & groupRights) !== 0 && file.gid !== folder.gid) {
    try {
      chownSync(path, file.uid, folder.gid)
    } catch {
      // Not a member of that group: leave the file private.
      return
    }
  }
  // The umask may have taken the group's rights away.
  if ((file.mode & 0o777) !== mode) chmodSync(path, mode)
}
