import type { CommandNames } from "./knownCommand.ts"

const isHelp = (word: string) => word === "--help" || word === "-h"

/**
 * `help run`, `run --help --matter` and `run --matter --help` all ask for the same, and a command that only has
 * others below it can do nothing but tell of them. @effect/cli knows only `run --help`.
 */
export const helpFirst = (
  [node = "", script = "", ...asked]: ReadonlyArray<string>,
  { below }: CommandNames,
): ReadonlyArray<string> => {
  const words = asked[0] === "help" ? [...asked.slice(1), "--help"] : asked
  const [first = "", second = ""] = words
  if (words.length === 1 && first === "service") return [node, script, first, "--help"]
  if (!words.some(isHelp) || first.startsWith("-")) return [node, script, ...words]
  const names = below[first] !== undefined && !second.startsWith("-") ? [first, second] : [first]
  return [node, script, ...names, "--help"]
}
