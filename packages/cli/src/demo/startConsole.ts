import { Effect } from "effect"
import { consoleScript } from "../app/appFolders.ts"
import type { AppStarter } from "./AppStarter.ts"
import { setupUri } from "./setupUri.ts"

/** The web page, told what only the demo knows: how Homebridge and Gladys are reached. */
export const startConsole: AppStarter = ({ home, settings, start }) =>
  Effect.gen(function* () {
    const { pin, setupId } = settings.homekit
    const options = {
      home,
      port: settings.ports.console,
      homeKit: { code: pin, setupUri: setupUri(pin, setupId) },
      gladysUrl: `http://127.0.0.1:${settings.ports.gladys}`,
    }
    return yield* start({
      name: "console",
      title: "The console",
      command: [yield* consoleScript, JSON.stringify(options)],
      env: {},
    })
  })
