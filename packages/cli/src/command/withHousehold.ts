import { Bridge, BridgeConfig } from "@withings-bridge/core"
import { Effect, Layer } from "effect"
import { CommandError } from "../CommandError.ts"

/** What config.yaml and the environment say; a household that is not set up yet is told how to begin. */
export const householdConfig = (home: string) =>
  BridgeConfig.load({ home }).pipe(
    Effect.filterOrFail(
      ({ clientId }) => clientId !== "",
      () => new CommandError({ message: `Nothing is set up in ${home} yet: run \`withings-bridge init\`.` }),
    ),
  )

/** Gives a command the core of the household in this folder. */
export const withHousehold = (home: string) =>
  Effect.provide(Layer.unwrapEffect(Effect.map(householdConfig(home), Bridge.layer)))
