import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { ConfigError, configSection, readSection, settingReaders } from "@withings-bridge/core"
import { Effect } from "effect"

const { text, wholeNumber } = settingReaders

export const table = {
  folder: {
    env: "WITHINGS_BACKUP_FOLDER",
    wanted: "the folder where backups are written",
    read: text,
    usual: "none: no backups by themselves",
  },
  passphrase_file: {
    env: "WITHINGS_BACKUP_PASSPHRASE_FILE",
    wanted: "a file whose first line is the passphrase",
    read: text,
  },
  every_days: {
    env: "WITHINGS_BACKUP_EVERY_DAYS",
    wanted: "a whole number of days, 1 to 365",
    read: wholeNumber(1, 365),
    about: "days from one backup to the next, 1 to 365",
    usual: "`1`",
  },
  keep: {
    env: "WITHINGS_BACKUP_KEEP",
    wanted: "how many backups to keep, 1 to 1000",
    read: wholeNumber(1, 1000),
    usual: "`7`",
  },
}

type Env = Readonly<Record<string, string | undefined>>

/** Backups that `run` makes on schedule; see docs/backup.md. */
export interface BackupSettings {
  readonly folder: string
  readonly passphraseFile: string
  readonly everyDays: number
  readonly keep: number
}

const read = (home: string, env: Env) => {
  const path = join(home, "config.yaml")
  const content = existsSync(path) ? readFileSync(path, "utf8") : ""
  const file = configSection(path, content, "backup")
  const { mistakes, values } = readSection(table, { section: "backup", file, env })
  const isHalf = (values.folder === undefined) !== (values.passphrase_file === undefined)
  const half = {
    source: path,
    line: file.lineOf([]),
    key: "backup",
    found: "only one of folder and passphrase_file",
    wanted: "both, since every backup is encrypted",
  }
  return { values, mistakes: isHalf ? [...mistakes, half] : mistakes }
}

export const backupMistakes = (home: string, env: Env) => read(home, env).mistakes

/** null: no backups are scheduled. */
export const backupSettings = (home: string, env: Env): Effect.Effect<BackupSettings | null, ConfigError> =>
  Effect.suspend(() => {
    const { mistakes, values } = read(home, env)
    if (mistakes.length > 0) return Effect.fail(new ConfigError({ mistakes }))
    if (values.folder === undefined || values.passphrase_file === undefined) return Effect.succeed(null)
    return Effect.succeed({
      folder: values.folder,
      passphraseFile: values.passphrase_file,
      everyDays: values.every_days ?? 1,
      keep: values.keep ?? 7,
    })
  })
