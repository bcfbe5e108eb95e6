import { Bridge, BridgeConfig, dataSource } from "@withings-bridge/core"
import { Effect, Layer } from "effect"
import { CommandError } from "../CommandError.ts"

/**
 * The configuration from config.yaml and the environment. Fails with instructions when the household is not set up
 * yet.
 */
export const householdConfig = (home: string) =>
  Effect.gen(function* () {
    // Do not create a folder for a mistyped name.
    const source = dataSource(yield* BridgeConfig.loadWith({ home, makeHome: false }))
    return source === null ? yield* notSetUp(home) : yield* BridgeConfig.loadWith({ home })
  })

const notSetUp = (home: string) =>
  new CommandError("not-set-up", `Nothing is set up in ${home} yet: run \`withings-bridge init\`.`)

/** Gives a command the core of the household in this folder, for reading and asking; the apps do the syncing. */
export const withHousehold = (home: string) =>
  Effect.provide(Layer.unwrapEffect(Effect.map(householdConfig(home), Bridge.layerFollower)))

/** The same, and takes part in the sync: when no app runs, this command is the one to do it. */
export const withSync = (home: string) =>
  Effect.provide(Layer.unwrapEffect(Effect.map(householdConfig(home), Bridge.layer)))
