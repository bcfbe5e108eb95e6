import { closest, configSections, fileRules, type ConfigMistake } from "@withings-bridge/core"

/** Sections that belong to no part. */
const ofNoPart = ["withings", "hub", "rules", "backup"]

export interface BeyondCore {
  readonly mistakes: ReadonlyArray<ConfigMistake>
  /** Unknown sections, such as Home Assistant's in a copied file. */
  readonly unread: ReadonlyArray<string>
}

/**
 * Checks what core does not read in `config.yaml`: names of sections, rules, and a client secret that is still empty.
 * @param parts names of the parts, each of which has a section
 * @param hasSecret whether the client secret is set elsewhere
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

/** Core accepts an empty secret, since it may still be entered; someone who checks the file has forgotten it. */
const unfilledSecret = (path: string, content: string): ReadonlyArray<ConfigMistake> => {
  const at = content
    .split("\n")
    .findIndex((line) => /^\s+["']?client_secret["']?:\s*(""|'')?\s*(#.*)?$/u.test(line))
  if (at < 0) return []
  const key = "withings.client_secret"
  return [{ source: path, line: at + 1, key, found: "nothing", wanted: "the client secret" }]
}
