import { Effect } from "effect"
import type { AppStarter } from "./AppStarter.ts"
import { gladysScript } from "../app/appFolders.ts"

export const startGladys: AppStarter = ({ home, settings, start }) =>
  Effect.gen(function* () {
    return yield* start({
      name: "gladys",
      title: "The Gladys bridge",
      command: [yield* gladysScript, "--port", String(settings.ports.gladys)],
      env: { WITHINGS_BRIDGE_HOME: home },
    })
  })
