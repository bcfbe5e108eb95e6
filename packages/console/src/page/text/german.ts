import { names } from "./names.de.ts"

/** "Nap: Light sleep", "Fat mass (left arm)": the parts of a composed name are known, the whole is not. */
const composed: ReadonlyArray<readonly [RegExp, (name: string, place: string) => string]> = [
  [/^Nap: (.+)$/, (name) => `Mittagsschlaf: ${germanOf(name)}`],
  [/^(.+) \(([^)]+)\)$/, (name, place) => `${germanOf(name)} (${germanOf(place)})`],
  [/^position (\d+)$/, (number) => `Stelle ${number}`],
]

export const germanOf = (english: string): string => {
  const known = names[english]
  if (known !== undefined) return known
  for (const [pattern, compose] of composed) {
    const [, name, place = ""] = pattern.exec(english) ?? []
    if (name !== undefined) return compose(name, place)
  }
  return english
}
