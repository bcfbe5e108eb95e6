import process from "node:process"
import { Options } from "@effect/cli"
import { consolePart } from "@withings-bridge/console"
import { ConfigError, readPart, type ChosenPart, type Home, type Part } from "@withings-bridge/core"
import { Effect } from "effect"
import { CommandError } from "../CommandError.ts"
import { consoleTools } from "./consoleTools.ts"

/** All homes, and the console. */
export const partsOf = (homes: ReadonlyArray<Home>): ReadonlyArray<Part> => [
  ...homes,
  consolePart(homes, consoleTools),
]

/** Parts that can run in this process. */
export const runnable = (homes: ReadonlyArray<Home>) => partsOf(homes).filter(({ run }) => run !== undefined)

/** A flag for each: `--matter`. */
export const partOptions = (homes: ReadonlyArray<Home>) =>
  Options.all(
    Object.fromEntries(
      runnable(homes).map(({ about, name }) => [
        name,
        Options.boolean(name).pipe(Options.withDescription(about)),
      ]),
    ),
  )

/** "--matter, --gladys, --console" */
export const flagsOf = (homes: ReadonlyArray<Home>) =>
  runnable(homes)
    .map(({ name }) => `--${name}`)
    .join(", ")

/** Fails when no part was asked for. */
export const askedParts = (
  homes: ReadonlyArray<Home>,
  asked: Readonly<Record<string, boolean>>,
): Effect.Effect<ReadonlyArray<Part>, CommandError> => {
  const parts = runnable(homes).filter(({ name }) => asked[name])
  return parts.length > 0
    ? Effect.succeed(parts)
    : Effect.fail(
        new CommandError(
          "usage",
          `Say what to run: ${flagsOf(homes)}. Apple Home runs in Homebridge, as its plugin.`,
        ),
      )
}

/** The parts with their settings; fails with all mistakes in them. */
export const withSettings = (
  parts: ReadonlyArray<Part>,
  folder: string,
  flags: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Effect.Effect<ReadonlyArray<ChosenPart>, ConfigError> =>
  Effect.suspend(() => {
    const read = parts.map((part) => ({
      part,
      ...readPart(part, { folder, env: process.env, flags: flags[part.name] ?? {} }),
    }))
    const mistakes = read.flatMap(({ mistakes }) => mistakes)
    return mistakes.length > 0 ? Effect.fail(new ConfigError({ mistakes })) : Effect.succeed(read)
  })
