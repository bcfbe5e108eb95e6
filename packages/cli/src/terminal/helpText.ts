import { wrap } from "./style.ts"

const widest = 80
/** Sentences of @effect/cli that say nothing. */
const noise =
  /^\s*(?:A user-defined piece of text\.|A true or false value\.|An integer\.|A floating point number\.|This setting is optional\.|This option can be set multiple times\.)$/u

/** The generated help without noise, and without lines of more than 80 columns. */
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
