import { Bridge, BridgeConfig, dataSource } from "@withings-bridge/core"
import { Effect, Layer } from "effect"
import { CommandError } from "../CommandError.ts"

/** What config.yaml and the environment say; a household that is not set up yet is told how to begin. */
export const householdConfig = (home: string) =>
  Effect.gen(function* () {
    // A folder of a mistyped name helps nobody.
    const source = dataSource(yield* BridgeConfig.loadWith({ home, makeHome: false }))
    return source === null ? yield* notSetUp(home) : yield* BridgeConfig.loadWith({ home })
  })

const notSetUp = (home: string) =>
  new CommandError({
    code: "not-set-up",
    message: `Nothing is set up in ${home} yet: run \`withings-bridge init\`.`,
  })

/** Gives a command the core of the household in this folder, to look and ask; the sync is left to the apps. */
export const withHousehold = (home: string) =>
  Effect.provide(Layer.unwrapEffect(Effect.map(householdConfig(home), Bridge.layerFollower)))

/** The same, and takes part in the sync: when no app runs, this command is the one to do it. */
export const withSync = (home: string) =>
  Effect.provide(Layer.unwrapEffect(Effect.map(householdConfig(home), Bridge.layer)))
