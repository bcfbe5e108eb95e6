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

/** Provides the core of the household in this folder, without syncing. */
export const withHousehold = (home: string) =>
  Effect.provide(Layer.unwrapEffect(Effect.map(householdConfig(home), Bridge.layerFollower)))

/** The same with syncing, unless a running app does it. */
export const withSync = (home: string) =>
  Effect.provide(Layer.unwrapEffect(Effect.map(householdConfig(home), Bridge.layer)))
