import { fileURLToPath, pathToFileURL } from "node:url"
import type { Simulator } from "@withings-bridge/simulator"

const preload = pathToFileURL(fileURLToPath(new URL("./processClock.mjs", import.meta.url))).href

/** Milliseconds by which the clock of this process is ahead of the machine's. */
const aheadHere = () => Number(process.env["HOUSEHOLD_CLOCK_AHEAD"] ?? "0")

/** Whether faketime set this variable (`npm run hours`). */
const isOfFaketime = (name: string): boolean => name === "LD_PRELOAD" || name.startsWith("FAKETIME")

const environmentWhere = (isWanted: (name: string) => boolean) =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => isWanted(name)))

/** For a process that inherits nothing else. */
const machineClock = () => environmentWhere(isOfFaketime)

/**
 * The environment without the library of `npm run hours`. Chromium takes ten seconds for each act under it. PostgreSQL,
 * run as another user, leaves files in shared memory, by which later processes with the same number fail.
 */
export const withoutFaketime = () => environmentWhere((name) => !isOfFaketime(name))

const clockAhead = (milliseconds: string): Record<string, string> => ({
  ...machineClock(),
  NODE_OPTIONS: `--import ${preload}`,
  HOUSEHOLD_CLOCK_AHEAD: milliseconds,
})

/** Milliseconds by which a household is ahead of the machine's clock, as a process gets them. */
export const aheadOf = (simulator: Simulator): string =>
  String(Math.round(aheadHere() + simulator.now() - Date.now()))

/** Environment for a Node process with the clock of this household. */
export const atTimeOf = (simulator: Simulator): Record<string, string> => clockAhead(aheadOf(simulator))

/** The same, for a process whose clock follows {@link aheadOf} in a file. */
export const atMovingTimeOf = (simulator: Simulator, file: string): Record<string, string> => ({
  ...atTimeOf(simulator),
  HOUSEHOLD_CLOCK_FILE: file,
})

/** Environment for a Node process with the clock of its test, and nothing else of it. */
export const atTestTime = (): Record<string, string> => clockAhead(String(aheadHere()))
