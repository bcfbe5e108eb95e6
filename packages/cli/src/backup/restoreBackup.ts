import { existsSync, mkdirSync } from "node:fs"
import { mkdtemp, readdir, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { openHome } from "@withings-bridge/core"
import { Effect } from "effect"
import { extract } from "tar"
import { CommandError } from "../CommandError.ts"
import { isLock, parts, storeName } from "./contents.ts"
import { isSealed, readSealed } from "./sealedFile.ts"

interface RestoreOptions {
  readonly home: string
  readonly path: string
  readonly passphrase: string | null
}

const restorable = [storeName, ...parts.map(({ name }) => name)]

/** Files of SQLite that belong to one store only. */
const ofStore = ["-wal", "-shm"].map((end) => `${storeName}${end}`)

const occupied = (home: string) => restorable.filter((name) => existsSync(join(home, name)))

const refused = (message: string) => new CommandError("backup-failed", message)

/** Unpacks inside the home folder, so that each part can be renamed into place. */
const unpack = async ({ passphrase, path }: RestoreOptions, folder: string) => {
  const archive = passphrase === null ? path : join(folder, "archive")
  if (passphrase !== null) await readSealed(path, archive, passphrase)
  const inside = join(folder, "parts")
  mkdirSync(inside)
  // Backups of earlier versions contain locks.
  await extract({ file: archive, cwd: inside, strict: true, filter: (name) => !isLock(name) })
  return inside
}

const unpacked = (options: RestoreOptions, sealed: boolean) =>
  Effect.gen(function* () {
    const folder = yield* Effect.acquireRelease(
      Effect.promise(() => mkdtemp(join(options.home, "restore-"))),
      (folder) => Effect.promise(() => rm(folder, { recursive: true, force: true })),
    )
    return yield* Effect.tryPromise({
      try: () => unpack(options, folder),
      catch: () =>
        refused(
          sealed
            ? `${options.path} cannot be opened: the passphrase is wrong, or the file is damaged. Nothing was changed.`
            : `${options.path} is not a backup of Withings Bridge, or it is damaged. Nothing was changed.`,
        ),
    })
  })

/**
 * Unpacks a backup next to a household in use and returns the effect that replaces the household with it, to be run
 * while nobody has the household open. The old one is kept in the folder `before-restore`.
 */
export const openBackup = (options: RestoreOptions) =>
  Effect.gen(function* () {
    const { home } = options
    const sealed = yield* Effect.promise(() => isSealed(options.path))
    const staged = join(home, "restoring")
    const before = join(home, "before-restore")
    yield* Effect.scoped(
      Effect.gen(function* () {
        const inside = yield* unpacked(options, sealed)
        yield* Effect.promise(() => rm(staged, { recursive: true, force: true }))
        yield* Effect.promise(() => rename(inside, staged))
      }),
    )
    return Effect.promise(async () => {
      const names = (await readdir(staged)).filter((name) => restorable.includes(name))
      await rm(before, { recursive: true, force: true })
      mkdirSync(before, { mode: 0o700 })
      const replaced = [...names, ...ofStore].filter((name) => existsSync(join(home, name)))
      for (const name of replaced) await rename(join(home, name), join(before, name))
      for (const name of names) await rename(join(staged, name), join(home, name))
      await rm(staged, { recursive: true, force: true })
    })
  })

/** Restores a backup into an empty home folder; returns the names of its contents. */
export const restoreBackup = (options: RestoreOptions) =>
  Effect.gen(function* () {
    const { home, passphrase, path } = options
    if (!existsSync(path)) return yield* refused(`There is no file ${path}.`)
    const sealed = yield* Effect.promise(() => isSealed(path))
    if (sealed && passphrase === null) return yield* refused(`${path} needs its passphrase.`)
    const there = occupied(home)
    if (there.length > 0)
      return yield* refused(
        `${home} holds ${there.join(", ")} already. Restore into an empty folder (--home), or empty this one first: \`withings-bridge reset --all\`.`,
      )
    yield* openHome(home)
    const inside = yield* unpacked({ ...options, passphrase: sealed ? passphrase : null }, sealed)
    const names = (yield* Effect.promise(() => readdir(inside))).filter((name) => restorable.includes(name))
    yield* Effect.forEach(names, (name) => Effect.promise(() => rename(join(inside, name), join(home, name))))
    return names
  }).pipe(Effect.scoped)
