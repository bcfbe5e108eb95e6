import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { CommandError } from "../CommandError.ts"

/** Where an installed package keeps its files, given what it exports. */
const resolve = (specifier: string, toRoot: string): Effect.Effect<string, CommandError> =>
  Effect.try({
    try: () => fileURLToPath(new URL(toRoot, import.meta.resolve(specifier))),
    catch: () =>
      new CommandError(
        "app-missing",
        `The demo needs the package ${specifier.split("/")[0]}, which is not installed here: ` +
          "run `npm start` in a clone of the repository.",
      ),
  })

export const homebridgeScript = resolve("homebridge", "../bin/homebridge.js")
export const pluginFolder = resolve("homebridge-withings", "..")
