import { mkdirSync, readdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { Clock, Effect } from "effect"
import type { BackupSettings } from "./backupSettings.ts"
import { createBackup } from "./createBackup.ts"
import { backupFailed, readPassphrase } from "./readPassphrase.ts"

const day = 86_400_000
const prefix = "withings-bridge-"
const suffix = ".backup"

/** "withings-bridge-2026-11-21T03-00-00Z.backup": names sort by time. */
const nameAt = (now: number): string =>
  `${prefix}${new Date(now).toISOString().slice(0, 19).replaceAll(":", "-")}Z${suffix}`

/** Without those made by a clock that was ahead: one from next year would stop all backups until then. */
const backupsUntil = (now: number, folder: string): ReadonlyArray<string> =>
  readdirSync(folder)
    .filter((name) => name.startsWith(prefix) && name.endsWith(suffix) && name <= nameAt(now))
    .toSorted()

/** Backups to remove, so that only the newest `keep` stay. */
export const superfluous = (names: ReadonlyArray<string>, keep: number): ReadonlyArray<string> =>
  names.toSorted().slice(0, Math.max(0, names.length - keep))

/** Writes a backup if one is due and removes superfluous ones. Returns whether it wrote one. */
export const backUpWhenDue = (home: string, settings: BackupSettings) =>
  Effect.gen(function* () {
    const { everyDays, folder, keep, passphraseFile } = settings
    const now = yield* Clock.currentTimeMillis
    const attempt = <A>(run: () => A) => Effect.try({ try: run, catch: backupFailed(`Backup in ${folder}`) })
    const newest = yield* attempt(() => {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      return backupsUntil(now, folder).at(-1) ?? ""
    })
    // By its name, since copying a file changes its time.
    if (newest > nameAt(now - everyDays * day)) return false
    const passphrase = yield* readPassphrase(passphraseFile)
    yield* createBackup({ home, path: join(folder, nameAt(now)), passphrase, withSignIns: true })
    yield* attempt(() => {
      for (const name of superfluous(backupsUntil(now, folder), keep)) rmSync(join(folder, name))
    })
    return true
  })

/** Checks once an hour. A failed backup is tried again, and each reason is reported once. */
export const keepBackups = (home: string, settings: BackupSettings) =>
  Effect.gen(function* () {
    let reported = ""
    const look = backUpWhenDue(home, settings).pipe(
      Effect.tap((wrote) => (wrote ? Effect.logInfo(`Backup written to ${settings.folder}`) : Effect.void)),
      Effect.catchAll(({ message }) => {
        const isNew = message !== reported
        reported = message
        return isNew ? Effect.logWarning(message) : Effect.void
      }),
    )
    return yield* Effect.forever(Effect.zipRight(look, Effect.sleep("1 hour")))
  })
