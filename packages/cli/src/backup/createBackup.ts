import { createWriteStream, existsSync } from "node:fs"
import { cp, lstat, mkdtemp, rename, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { copyStore } from "@withings-bridge/core"
import { Effect, Schedule } from "effect"
import { create } from "tar"
import { CommandError } from "../CommandError.ts"
import { isLock, parts, storeName } from "./contents.ts"
import { backupFailed } from "./readPassphrase.ts"
import { writeSealed } from "./sealedFile.ts"

export interface BackupOptions {
  readonly home: string
  /** The file to write. */
  readonly path: string
  /** null: the archive is not encrypted. */
  readonly passphrase: string | null
  /** Whether to include the key of the sign-ins. Without it everyone has to sign in again after a restore. */
  readonly withSignIns: boolean
}

const attempt = <A>(what: string, run: () => Promise<A>) =>
  Effect.tryPromise({ try: run, catch: backupFailed(what) })

const temporaryFolder = Effect.acquireRelease(
  attempt("No temporary folder can be made", () => mkdtemp(join(tmpdir(), "withings-backup-"))),
  (folder) => Effect.promise(() => rm(folder, { recursive: true, force: true })),
)

/** Not the socket that a running bridge has in its folder: it cannot be copied. */
const isKept = async (path: string): Promise<boolean> => {
  if (isLock(path)) return false
  const found = await lstat(path)
  return found.isFile() || found.isDirectory()
}

/** Copies first, so that each part of the archive is consistent while apps run on. */
const copyParts = (names: ReadonlyArray<string>, home: string, folder: string) =>
  Effect.forEach(names, (name) => {
    const copy = join(folder, name)
    return attempt(`${name} cannot be copied`, async () => {
      await rm(copy, { recursive: true, force: true })
      await cp(join(home, name), copy, { recursive: true, filter: isKept })
      // A file that is being replaced is missing for a moment.
    }).pipe(Effect.retry(Schedule.intersect(Schedule.spaced("100 millis"), Schedule.recurs(20))))
  })

/**
 * Writes a backup of the home folder, also while apps are running, and returns the names of its contents. It never holds
 * a PostgreSQL store.
 */
export const createBackup = ({ home, passphrase, path, withSignIns }: BackupOptions) =>
  Effect.gen(function* () {
    const folder = yield* temporaryFolder
    const names = parts
      .filter(({ name, signIn }) => existsSync(join(home, name)) && (withSignIns || signIn !== true))
      .map(({ name }) => name)
    yield* copyParts(names, home, folder)
    const hasStore = existsSync(join(home, storeName))
    if (hasStore) yield* copyStore(join(home, storeName), join(folder, storeName))
    const all = hasStore ? [storeName, ...names] : names
    if (all.length === 0)
      return yield* new CommandError("backup-failed", `There is nothing to back up in ${home}.`)
    yield* attempt(`${path} cannot be written`, async () => {
      const archive = create({ gzip: true, cwd: folder, portable: true }, all)
      if (passphrase !== null) return writeSealed(archive, path, passphrase)
      await pipeline(archive, createWriteStream(`${path}.part`, { mode: 0o600 }))
      return rename(`${path}.part`, path)
    })
    return all
  }).pipe(Effect.scoped)
