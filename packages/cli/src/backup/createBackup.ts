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
import { writeSealed } from "./sealedFile.ts"

export interface BackupOptions {
  readonly home: string
  /** The file to write. */
  readonly path: string
  /** null: the archive is not sealed. */
  readonly passphrase: string | null
  /** Whether the key of the sign-ins goes along. Without it everyone signs in again after a restore. */
  readonly withSignIns: boolean
}

const failed = (what: string) => (cause: unknown) =>
  new CommandError("backup-failed", `${what}: ${cause instanceof Error ? cause.message : String(cause)}`)

const attempt = <A>(what: string, run: () => Promise<A>) =>
  Effect.tryPromise({ try: run, catch: failed(what) })

const temporaryFolder = Effect.acquireRelease(
  attempt("No temporary folder can be made", () => mkdtemp(join(tmpdir(), "withings-backup-"))),
  (folder) => Effect.promise(() => rm(folder, { recursive: true, force: true })),
)

/** A running bridge has a socket in its folder, which cannot be copied. */
const isKept = async (path: string): Promise<boolean> => {
  if (isLock(path)) return false
  const found = await lstat(path)
  return found.isFile() || found.isDirectory()
}

/** Copies first, so that the archive holds one moment of each part while the apps go on. */
const copyParts = (names: ReadonlyArray<string>, home: string, folder: string) =>
  Effect.forEach(names, (name) => {
    const copy = join(folder, name)
    return attempt(`${name} cannot be copied`, async () => {
      await rm(copy, { recursive: true, force: true })
      await cp(join(home, name), copy, { recursive: true, filter: isKept })
      // A file that is replaced while it is listed is gone for a moment.
    }).pipe(Effect.retry(Schedule.intersect(Schedule.spaced("100 millis"), Schedule.recurs(20))))
  })

/**
 * Writes a backup of the home folder while apps may be running, and answers the names of what is in it. A PostgreSQL
 * store is not part of it.
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
