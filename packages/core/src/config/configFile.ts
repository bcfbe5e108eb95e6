import { isMap, isNode, isSeq, LineCounter, parseDocument } from "yaml"
import { isRecord } from "./isRecord.ts"
import { flatten, type ConfigMistake, type SettingSource } from "./readSettings.ts"
import { settings } from "./settings.ts"

/** Reads `config.yaml`: the section `withings` and the line of each of its keys. */
export const readConfigFile = (
  name: string,
  content: string,
): { readonly source: SettingSource; readonly mistakes: ReadonlyArray<ConfigMistake> } => {
  const { broken, lineIn, root } = parse(name, content)
  const nameOf = (key: string) => (key.startsWith("hub.") ? key : `withings.${key}`)
  const source = (entries: SettingSource["entries"]): SettingSource => ({ name, entries, nameOf })

  const mistake = (line: number | null, key: string, found: string, wanted: string) => ({
    source: source([]),
    mistakes: [{ source: name, line, key, found, wanted }],
  })
  if (broken.length > 0) return { source: source([]), mistakes: broken }
  if (root === null) return { source: source([]), mistakes: [] }
  const hub = isRecord(root) && isRecord(root["hub"]) ? { hub: root["hub"] } : {}
  const hubEntries = flatten(hub, lineIn)
  const section = isRecord(root) ? root["withings"] : undefined
  // Read with or without a section `withings:`.
  const others = [...oldEntries(root, lineIn), ...hubEntries]
  // A home that follows a hub needs no settings of Withings.
  const needsNone = section === undefined && hubEntries.length > 0
  if (needsNone || section === null) return { source: source(others), mistakes: [] }
  // Where an app or the environment holds the settings, the file may hold rules alone.
  if (section === undefined && isRecord(root) && "rules" in root)
    return { source: source(others), mistakes: [] }
  if (!isRecord(section))
    return mistake(1, "withings", "no such section", "a section `withings:` with client_id in it")

  const lineOf = (path: ReadonlyArray<string>) => lineIn(["withings", ...path])
  // The first value of a key counts.
  return { source: source([...flatten(section, lineOf), ...others]), mistakes: [] }
}

/** A setting of Matter that now applies to every home. Matter's settings report a value that cannot be used. */
const oldEntries = (
  root: unknown,
  lineOf: (path: ReadonlyArray<string>) => number | null,
): SettingSource["entries"] => {
  const matter = isRecord(root) ? root["matter"] : undefined
  const value = isRecord(matter) ? settings.bed_unknown.read(matter["bed_unknown"]) : undefined
  return value === undefined ? [] : [{ key: "bed_unknown", value, line: lineOf(["matter", "bed_unknown"]) }]
}

/** One section of `config.yaml`. */
export interface FileSection {
  /** The name of the file in messages. */
  readonly name: string
  /** undefined: there is no such section. */
  readonly value: unknown
  /** Line of a key or an item in the section; of a missing one, the line of its parent. */
  readonly lineOf: (path: ReadonlyArray<string | number>) => number | null
  /** Why the file cannot be read. */
  readonly mistakes: ReadonlyArray<ConfigMistake>
}

export const configSection = (name: string, content: string, section: string): FileSection => {
  const { broken, lineIn, root } = parse(name, content)
  const lineOf = (path: ReadonlyArray<string | number>): number | null =>
    lineIn([section, ...path]) ?? (path.length === 0 ? null : lineOf(path.slice(0, -1)))
  return { name, value: isRecord(root) ? root[section] : undefined, lineOf, mistakes: broken }
}

/** A section of `config.yaml`, and the line of its name. */
export interface ConfigSection {
  readonly name: string
  readonly line: number | null
}

/** All sections of the file; none when it is no YAML, which `readConfigFile` reports. */
export const configSections = (content: string): ReadonlyArray<ConfigSection> => {
  const { lineIn, root } = parse("config.yaml", content)
  return isRecord(root) ? Object.keys(root).map((name) => ({ name, line: lineIn([name]) })) : []
}

/** `root` is null for a file that is empty or no YAML. */
const parse = (source: string, content: string) => {
  const counter = new LineCounter()
  const document = parseDocument(content, { lineCounter: counter })
  const broken: ReadonlyArray<ConfigMistake> = document.errors.slice(0, 1).map((problem) => ({
    source,
    line: counter.linePos(problem.pos[0]).line,
    key: "the file",
    // The rest of the parser's message quotes lines, which may hold the secret.
    found: problem.message.split(/ at line|\n/)[0] ?? "it is not YAML",
    wanted: "YAML: withings: {client_id: …}",
  }))
  const root: unknown = broken.length > 0 ? null : document.toJS()
  const lineIn = (path: ReadonlyArray<string | number>): number | null => {
    const last = path.at(-1)
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
    const node = isSeq(parent)
      ? parent.items[Number(last)]
      : isMap(parent) && parent.items.find(({ key }) => String(key) === last)?.key
    return isNode(node) && node.range ? counter.linePos(node.range[0]).line : null
  }
  return { root, lineIn, broken }
}
