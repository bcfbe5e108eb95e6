import { homes } from "../../packages/homes/src/index.ts"
import { commandTable } from "../../packages/cli/src/command/commandTable.ts"

interface Row {
  readonly usage: string
  readonly summary: string
  readonly more?: string
}

const rowOf = ({ more, summary, usage }: Row) =>
  `| \`${usage}\` | ${summary}${more === undefined ? "" : `. ${more}`} |`

/** The tables of docs/cli.md, from the table of commands. */
export const commands = Object.entries(commandTable(homes))
  .map(([title, rows]) => [`## ${title}`, "", "| | |", "|---|---|", ...rows.map(rowOf)].join("\n"))
  .join("\n\n")
