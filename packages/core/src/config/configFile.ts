import { isMap, LineCounter, parseDocument, type Document } from "yaml"
import { flatten, isRecord, type ConfigMistake, type SettingSource } from "./readSettings.ts"

/** Reads `config.yaml`: the section `withings` and the line of each of its keys. */
export const readConfigFile = (
  name: string,
  content: string,
): { readonly source: SettingSource; readonly mistakes: ReadonlyArray<ConfigMistake> } => {
  const counter = new LineCounter()
  const document = parseDocument(content, { lineCounter: counter })
  const nameOf = (key: string) => `withings.${key}`
  const source = (entries: SettingSource["entries"]): SettingSource => ({ name, entries, nameOf })

  const mistake = (line: number | null, key: string, found: string, wanted: string) => ({
    source: source([]),
    mistakes: [{ source: name, line, key, found, wanted }],
  })
  const [problem] = document.errors
  if (problem !== undefined) {
    // The message of the parser quotes the lines, which may hold the secret: only its first sentence is told.
    const reason = problem.message.split(/ at line|\n/)[0] ?? "it is not YAML"
    return mistake(counter.linePos(problem.pos[0]).line, "the file", reason, "YAML: withings: {client_id: …}")
  }
  const root: unknown = document.toJS()
  if (root === null) return { source: source([]), mistakes: [] }
  const section = isRecord(root) ? root["withings"] : undefined
  if (section === null) return { source: source([]), mistakes: [] }
  if (!isRecord(section))
    return mistake(1, "withings", "no such section", "a section `withings:` with client_id in it")

  const lineOf = (path: ReadonlyArray<string>) => lineIn(document, counter, ["withings", ...path])
  return { source: source(flatten(section, lineOf)), mistakes: [] }
}

/** A section of `config.yaml`, and the line of its name. */
export interface ConfigSection {
  readonly name: string
  readonly line: number | null
}

/** All sections of the file, whoever reads them; none when it is no YAML, which `readConfigFile` tells. */
export const configSections = (content: string): ReadonlyArray<ConfigSection> => {
  const counter = new LineCounter()
  const document = parseDocument(content, { lineCounter: counter })
  const root: unknown = document.errors.length > 0 ? null : document.toJS()
  return isRecord(root)
    ? Object.keys(root).map((name) => ({ name, line: lineIn(document, counter, [name]) }))
    : []
}

const lineIn = (document: Document, counter: LineCounter, path: ReadonlyArray<string>): number | null => {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!isMap(parent)) return null
  const pair = parent.items.find(({ key }) => String(key) === path.at(-1))
  const range =
    pair?.key !== null && typeof pair?.key === "object" && "range" in pair.key ? pair.key.range : undefined
  return Array.isArray(range) && typeof range[0] === "number" ? counter.linePos(range[0]).line : null
}
