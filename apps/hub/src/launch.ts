import { Effect, Layer } from "effect"
import type { HubConfig } from "./HubConfig.ts"
import { layerRunner } from "./layerRunner.ts"

type Budget = Parameters<typeof layerRunner>[1]

/**
 * Bounds the shutdown: a runner hands over its work through the database, and waits without end when that is gone. Other
 * runners take the work when the locks expire, as after a kill.
 */
const endsWithin = (seconds: number) =>
  Effect.sync(() => {
    const arm = () => {
      const end = () => {
        process.stderr.write(
          `The runner could not stop cleanly within ${seconds} seconds, most likely because the database does not ` +
            "answer. It ends now; other runners go on with its work after 25 seconds.\n",
        )
        process.exit(1)
      }
      setTimeout(end, seconds * 1000).unref()
    }
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, arm)
  })

/** Runs a runner until a signal ends the process. */
export const launch = (config: HubConfig, budget?: Budget) =>
  Effect.zipRight(endsWithin(config.endsWithin), Layer.launch(layerRunner(config, budget)))
