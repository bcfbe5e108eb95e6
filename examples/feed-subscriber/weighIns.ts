import { HouseholdFeed } from "@withings-bridge/core"
import { Effect } from "effect"

/**
 * Prints each weigh-in once, also after a restart. To run it, provide `Bridge.layer` with the configuration of
 * `BridgeConfig.load`. While a bridge runs, it only follows.
 */
export const weighIns = (print: (line: string) => void) =>
  Effect.flatMap(HouseholdFeed, (feed) =>
    feed.follow("weigh-ins", ({ household, measured }) =>
      Effect.sync(() => {
        for (const { descriptorId, kinds } of measured) {
          const scale = household.descriptors.find(({ id }) => id === descriptorId)
          const weight = scale?.features.find(({ key }) => key === "weight")?.reading
          if (kinds.includes("weight")) print(`${scale?.personName} weighs ${weight?.value} kg`)
        }
      }),
    ),
  )
