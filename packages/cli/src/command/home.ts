import { homedir } from "node:os"
import { join, resolve } from "node:path"
import process from "node:process"
import { Options } from "@effect/cli"

/** The folder that all commands and apps of a household share. */
export const home = Options.text("home").pipe(
  Options.withDescription("Folder of the household: store, key, config.yaml"),
  Options.withDefault(process.env["WITHINGS_BRIDGE_HOME"] ?? join(homedir(), ".withings-bridge")),
  Options.map((folder) => resolve(folder)),
)

export const json = Options.boolean("json").pipe(Options.withDescription("Answer as JSON, for scripts"))

/** For what goes on for a while. */
export const jsonLines = Options.boolean("json").pipe(
  Options.withDescription("One JSON object a line, for scripts: progress, then the outcome"),
)
