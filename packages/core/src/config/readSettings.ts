import { foundText } from "./foundText.ts"
import { isRecord } from "./isRecord.ts"
import type { MistakeIn } from "./MistakeIn.ts"
import {
  settings,
  type Setting,
  type SettingKey,
  type SettingsTable,
  type SettingValues,
  type ValuesOf,
} from "./settings.ts"

/** A source of settings: a file, the environment, the configuration of an app. */
export interface SettingSource {
  /** "config.yaml", "the environment", "Homebridge's config.json". */
  readonly name: string
  /** Flat: the value under each dotted key, as found. */
  readonly entries: ReadonlyArray<{
    readonly key: string
    readonly value: unknown
    readonly line: number | null
  }>
  /** The name of a key in this source. */
  readonly nameOf: (key: string) => string
}

export interface ConfigMistake {
  readonly source: string
  readonly line: number | null
  readonly key: string
  readonly found: string
  readonly wanted: string
}

export interface ReadTable<T extends SettingsTable> {
  readonly values: ValuesOf<T>
  readonly mistakes: ReadonlyArray<ConfigMistake>
}

/** Reads a table of settings. Earlier sources win. The mistakes of all sources are collected. */
export const readTable = <T extends SettingsTable>(
  table: T,
  sources: ReadonlyArray<SettingSource>,
): ReadTable<T> => {
  const values: Record<string, unknown> = {}
  const mistakes: Array<ConfigMistake> = []
  for (const source of sources) {
    for (const { key, value, line } of source.entries) {
      const mistake = (found: string, wanted: string) =>
        mistakes.push({ source: source.name, line, key: source.nameOf(key), found, wanted })
      const setting = Object.hasOwn(table, key) ? table[key] : undefined
      if (setting === undefined) {
        mistake("an unknown key", `one of ${Object.keys(table).map(source.nameOf).join(", ")}`)
        continue
      }
      // Not filled in yet.
      if (value === null || value === undefined || value === "") continue
      const read = setting.read(value)
      if (read !== undefined) values[key] ??= read
      mistakes.push(
        ...mistakesOf(setting, value, read).map(({ at, ...what }) => ({
          source: source.name,
          line,
          key: `${source.nameOf(key)}${at}`,
          ...what,
        })),
      )
    }
  }
  return { values: values as ValuesOf<T>, mistakes }
}

/** What is wrong in a value, item by item if the setting supports it: the rest of a list may be usable. */
const mistakesOf = (
  { mistakesIn, secret, wanted }: Setting<unknown>,
  value: unknown,
  read: unknown,
): ReadonlyArray<MistakeIn> => {
  const inside = mistakesIn?.(value) ?? []
  return inside.length > 0 || read !== undefined
    ? inside
    : [{ at: "", found: foundText(value, secret === true), wanted }]
}

/** The settings of the section `withings`. */
export const readSettings = (
  sources: ReadonlyArray<SettingSource>,
): { readonly values: SettingValues; readonly mistakes: ReadonlyArray<ConfigMistake> } =>
  readTable(settings, sources)

export const isSettingKey = (key: string): key is SettingKey => Object.hasOwn(settings, key)

/** The keys of a nested section, dotted: `{webhook: {port: 1}}` is `webhook.port`. */
export const flatten = (
  section: Readonly<Record<string, unknown>>,
  lineOf: (path: ReadonlyArray<string>) => number | null = () => null,
): SettingSource["entries"] =>
  Object.entries(section).flatMap(([key, value]) =>
    (key === "webhook" || key === "hub") && isRecord(value)
      ? Object.entries(value).map(([inner, value]) => ({
          key: `${key}.${inner}`,
          value,
          line: lineOf([key, inner]),
        }))
      : [{ key, value, line: lineOf([key]) }],
  )
