import type { FileSection } from "./configFile.ts"
import { foundText } from "./foundText.ts"
import { isRecord } from "./isRecord.ts"
import { type ConfigMistake, flatten, type ReadTable, readTable, type SettingSource } from "./readSettings.ts"
import type { SettingsTable } from "./settings.ts"

/** The sources of a section other than `withings`. */
export interface SectionSources {
  /** The key of the section in `config.yaml`: "console". */
  readonly section: string
  readonly file: FileSection
  readonly env: Readonly<Record<string, string | undefined>>
  /** Command-line flags, by the keys of the table. */
  readonly flags?: Readonly<Record<string, unknown>>
}

/** Reads one section of `config.yaml` by its table. Flags win over the environment, that over the file. */
export const readSection = <T extends SettingsTable>(table: T, sources: SectionSources): ReadTable<T> => {
  const { env, file, flags = {}, section } = sources
  const commandLine: SettingSource = {
    name: "the command line",
    entries: Object.keys(table).map((key) => ({ key, value: flags[key], line: null })),
    nameOf: (key) => `--${key.replaceAll("_", "-")}`,
  }
  const environment: SettingSource = {
    name: "the environment",
    entries: Object.entries(table).flatMap(([key, setting]) =>
      setting.env === undefined ? [] : [{ key, value: env[setting.env], line: null }],
    ),
    nameOf: (key) => table[key]?.env ?? key,
  }
  const noSection: ReadonlyArray<ConfigMistake> =
    file.value === undefined || file.value === null || isRecord(file.value)
      ? []
      : [
          {
            source: file.name,
            line: file.lineOf([]),
            key: section,
            found: foundText(file.value),
            wanted: `a group of keys: ${Object.keys(table).join(", ")}`,
          },
        ]
  const inFile: SettingSource = {
    name: file.name,
    entries: isRecord(file.value)
      ? Object.entries(file.value).map(([key, value]) => ({ key, value, line: file.lineOf([key]) }))
      : [],
    nameOf: (key) => `${section}.${key}`,
  }
  const { mistakes, values } = readTable(table, [commandLine, environment, inFile])
  return { values, mistakes: [...file.mistakes, ...noSection, ...mistakes] }
}

/** Reads the configuration of another program by a table, like Homebridge's config.json. */
export const readBlock = <T extends SettingsTable>(
  table: T,
  name: string,
  block: Readonly<Record<string, unknown>>,
): ReadTable<T> => readTable(table, [{ name, entries: flatten(block), nameOf: (key) => key }])
