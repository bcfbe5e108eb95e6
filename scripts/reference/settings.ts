import { sections } from "./sections.ts"

/** The tables of docs/settings.md, from the tables of settings. */
export const settings = sections
  .map(({ guide, name, table }) =>
    [
      `## \`${name}:\``,
      "",
      ...(guide === null ? [] : [`See [its guide](${guide}).`, ""]),
      "| key | environment | meaning | default |",
      "|---|---|---|---|",
      ...Object.entries(table).map(
        ([key, { about, env, usual, wanted }]) =>
          `| \`${key}\` | ${env === undefined ? "" : `\`${env}\``} | ${about ?? wanted} | ${usual ?? "none"} |`,
      ),
    ].join("\n"),
  )
  .join("\n\n")
