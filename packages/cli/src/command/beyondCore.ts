import { closest, configSections, fileRules, type ConfigMistake } from "@withings-bridge/core"

/** Sections that are no part's. */
const ofNoPart = ["withings", "hub", "rules", "backup"]

export interface BeyondCore {
  readonly mistakes: ReadonlyArray<ConfigMistake>
  /** Sections of which nobody knows whose they are: Home Assistant's own, say, in a file that was copied. */
  readonly unread: ReadonlyArray<string>
}

/**
 * What `config.yaml` says besides what core reads of it: keys that are not filled in yet, and sections.
 * @param parts names of those that have a section of their own
 * @param hasSecret whether the client secret comes from elsewhere
 */
export const beyondCore = (
  path: string,
  content: string,
  parts: ReadonlyArray<string>,
  hasSecret: boolean,
): BeyondCore => {
  const known = [...ofNoPart, ...parts]
  const sections = configSections(content)
  const others = sections.filter(({ name }) => !known.includes(name))
  const meant = (name: string) => closest(name, known)
  const mistyped = others.flatMap(({ line, name }): ReadonlyArray<ConfigMistake> => {
    const wanted = meant(name)
    if (wanted === null) return []
    return [
      { source: path, line, key: name, found: "a section that nothing reads", wanted: `${wanted}, probably` },
    ]
  })
  return {
    mistakes: [
      ...mistyped,
      ...(hasSecret ? [] : unfilledSecret(path, content)),
      ...fileRules(path, content).mistakes,
    ],
    unread: others.map(({ name }) => name).filter((name) => meant(name) === null),
  }
}

/** To core an empty secret is one that is still to come; to who checks the file it is one that was forgotten. */
const unfilledSecret = (path: string, content: string): ReadonlyArray<ConfigMistake> => {
  const at = content
    .split("\n")
    .findIndex((line) => /^\s+["']?client_secret["']?:\s*(""|'')?\s*(#.*)?$/u.test(line))
  if (at < 0) return []
  const key = "withings.client_secret"
  return [{ source: path, line: at + 1, key, found: "nothing", wanted: "the client secret" }]
}
