// Writes what is derived from tables: docs/measures.md, the tables of docs/cli.md and docs/settings.md, and the JSON
// schema of config.yaml. With --check it only checks whether the files are up to date.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { commands } from "./reference/commands.ts"
import { measures } from "./reference/measures.ts"
import { schema } from "./reference/schema.ts"
import { settings } from "./reference/settings.ts"

const pathOf = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url))

/** Replaces what stands between the two marks of this name in a document. */
const withTable = (name: string, mark: string, table: string) => {
  const [begin, end] = [`<!-- ${mark}: written by \`pnpm references\` -->`, `<!-- end of ${mark} -->`]
  const document = readFileSync(pathOf(name), "utf8")
  const [before, after] = [document.split(begin)[0], document.split(end)[1]]
  if (before === undefined || after === undefined) throw new Error(`${name} has no marks for ${mark}.`)
  return `${before}${begin}\n\n${table}\n\n${end}${after}`
}

const derived = {
  "docs/measures.md": measures,
  "docs/cli.md": withTable("docs/cli.md", "commands", commands),
  "docs/settings.md": withTable("docs/settings.md", "settings", settings),
  "docs/public/config.schema.json": `${JSON.stringify(schema, null, 2)}\n`,
}

for (const [name, text] of Object.entries(derived)) {
  if (!process.argv.includes("--check")) writeFileSync(pathOf(name), text)
  else if (!existsSync(pathOf(name)) || readFileSync(pathOf(name), "utf8") !== text) {
    console.error(`${name} is out of date: run \`pnpm references\`.`)
    process.exitCode = 1
  }
}
