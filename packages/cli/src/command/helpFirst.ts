import type { CommandNames } from "./knownCommand.ts"

const isHelp = (word: string) => word === "--help" || word === "-h"

/**
 * Rewrites every way to ask for help to the one that @effect/cli knows: `help run`, `run --matter --help` and
 * `run --help --matter` become `run --help`. So does `service`, which has subcommands only.
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
