import { resolve } from "node:path"
import process from "node:process"
import { shortPath } from "../app/shortPath.ts"

/** Where the demo keeps everything unless told otherwise. */
export const usualHome = ".demo"

/** In a clone npm starts it, elsewhere the installed command. */
export const isClone = process.env["npm_lifecycle_event"] === "start"

const homeOption = (home: string) => (home === resolve(usualHome) ? [] : ["--home", shortPath(home)])

/** How the reader calls the demo of this folder: "npm start -- weigh Ann 94.6". */
export const demoCommand = (home: string, ...words: ReadonlyArray<string>): string => {
  const all = [...words, ...homeOption(home)]
  const program = isClone ? ["npm start", ...(all.length > 0 ? ["--"] : [])] : ["withings-bridge demo"]
  return [...program, ...all].join(" ")
}

/** How the reader asks for the help of a command: in a clone the demo's is `npm start -- weigh --help`. */
export const helpCommand = (command: string): string => {
  const [first, ...words] = command.split(" ")
  return first === "demo" && isClone
    ? demoCommand(resolve(usualHome), ...words, "--help")
    : `withings-bridge ${command} --help`
}

/** How the reader lets one more Matter controller in. */
export const openWindowCommand = (home: string): string =>
  `${isClone ? "node_modules/.bin/node apps/matter/withings-matter.mjs" : "withings-matter"} open-window --home ${shortPath(home)}`
