import { bold, cyan } from "../terminal/style.ts"

/** The commands under their headings. */
type Groups = Readonly<Record<string, ReadonlyArray<{ readonly usage: string; readonly summary: string }>>>

/** What `withings-bridge` alone prints. */
export const overview = (groups: Groups): string => {
  const width = Math.max(...Object.values(groups).flatMap((rows) => rows.map(({ usage }) => usage.length)))
  return [
    `${bold("withings-bridge")}  Withings measures in Apple Home, Matter and Gladys`,
    ...Object.entries(groups).flatMap(([title, rows]) => [
      "",
      bold(title),
      ...rows.map(({ summary, usage }) => `  ${cyan(usage.padEnd(width))}  ${summary}`),
    ]),
    "",
    "Each takes --help, most take --json for scripts. They share one folder:",
    "--home DIR, else WITHINGS_BRIDGE_HOME, else ~/.withings-bridge.",
    "Completion for your shell: withings-bridge --completions bash (or zsh, fish)",
  ].join("\n")
}
