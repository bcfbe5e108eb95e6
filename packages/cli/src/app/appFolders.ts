import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { CommandError } from "../CommandError.ts"

/** Where an installed package keeps its files, given what it exports. */
const resolve = (specifier: string, toRoot: string): Effect.Effect<string, CommandError> =>
  Effect.try({
    try: () => fileURLToPath(new URL(toRoot, import.meta.resolve(specifier))),
    catch: () =>
      new CommandError({
        code: "app-missing",
        message:
          `The demo needs the package ${specifier.split("/")[0]}, which is not installed here: ` +
          "run `npm start` in a clone of the repository.",
      }),
  })

export const homebridgeScript = resolve("homebridge", "../bin/homebridge.js")
export const pluginFolder = resolve("homebridge-withings", "..")
/** As its own `withings-matter` starts it: with as little memory as it needs. */
export const matterCommand = Effect.map(
  resolve("withings-matter/package.json", "withings-matter.mjs"),
  (script) => ["--max-semi-space-size=2", "--optimize-for-size", script],
)
export const gladysScript = resolve("withings-gladys/package.json", "dist/main.js")

/** Bundled with the command line itself, beside the bundle of this file. */
export const consoleScript: Effect.Effect<string, CommandError> = Effect.sync(() =>
  fileURLToPath(new URL("./consoleHost.js", import.meta.url)),
)
