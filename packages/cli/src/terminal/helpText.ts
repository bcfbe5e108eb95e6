import { wrap } from "./style.ts"

const widest = 80
/** What @effect/cli says of each argument, and nobody needs to read. */
const noise =
  /^\s*(?:A user-defined piece of text\.|A true or false value\.|An integer\.|A floating point number\.|This setting is optional\.|This option can be set multiple times\.)$/u

/** The generated help without what goes without saying, and no line wider than a terminal of 80 columns. */
export const helpText = (generated: string): string =>
  generated
    .split("\n")
    .filter((line) => !noise.test(line))
    .map((line) => {
      const indent = /^\s*/u.exec(line)?.[0] ?? ""
      return line.length <= widest ? line : wrap(line.trim().replaceAll(/ {2,}/gu, "  "), widest, indent)
    })
    .join("\n")
    .replaceAll(/\n(?:[^\S\n]*\n){2,}/gu, "\n\n")
    .replace(/^\s*Withings Bridge\n+Withings Bridge [^\n]*\n+/u, "")
    .trimEnd()
