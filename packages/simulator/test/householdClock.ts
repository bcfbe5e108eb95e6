import { fileURLToPath, pathToFileURL } from "node:url"
import type { Simulator } from "@withings-bridge/simulator"

const preload = pathToFileURL(fileURLToPath(new URL("./processClock.ts", import.meta.url))).href

/** Environment of a Node process that shall live at the time of this household. */
export const atTimeOf = (simulator: Simulator): Record<string, string> => ({
  NODE_OPTIONS: `--import ${preload}`,
  HOUSEHOLD_CLOCK_AHEAD: String(Math.round(simulator.now() - Date.now())),
})
