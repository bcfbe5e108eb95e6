import { homedir } from "node:os"
import { join, resolve } from "node:path"
import process from "node:process"
import { Options } from "@effect/cli"

/** The folder that all commands and apps share. */
export const home = Options.text("home").pipe(
  Options.withDescription("Folder of the household: store, key, config.yaml"),
  Options.withDefault(process.env["WITHINGS_BRIDGE_HOME"] ?? join(homedir(), ".withings-bridge")),
  Options.map((folder) => resolve(folder)),
)

export const json = Options.boolean("json").pipe(Options.withDescription("Answer as JSON, for scripts"))

/** For commands that report progress. */
export const jsonLines = Options.boolean("json").pipe(
  Options.withDescription("JSON lines for scripts: progress, then the outcome"),
)
