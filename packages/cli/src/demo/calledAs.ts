import { resolve } from "node:path"
import process from "node:process"
import { shortPath } from "../app/shortPath.ts"

/** The default folder of the demo. */
export const usualHome = ".demo"

/** Whether npm started the demo in a clone of the repository. */
export const isClone = process.env["npm_lifecycle_event"] === "start"

const homeOption = (home: string) => (home === resolve(usualHome) ? [] : ["--home", shortPath(home)])

/** A command for the demo of this folder: "npm start -- weigh Ann 94.6". */
export const demoCommand = (home: string, ...words: ReadonlyArray<string>): string => {
  const all = [...words, ...homeOption(home)]
  const program = isClone ? ["npm start", ...(all.length > 0 ? ["--"] : [])] : ["withings-bridge demo"]
  return [...program, ...all].join(" ")
}

/** The command that prints the help of another: "npm start -- weigh --help" in a clone. */
export const helpCommand = (command: string): string => {
  const [first, ...words] = command.split(" ")
  return first === "demo" && isClone
    ? demoCommand(resolve(usualHome), ...words, "--help")
    : `withings-bridge ${command} --help`
}

/** The command that lets another Matter controller pair. */
export const openWindowCommand = (home: string): string =>
  `${isClone ? "node_modules/.bin/node apps/matter/withings-matter.mjs" : "withings-matter"} open-window --home ${shortPath(home)}`
