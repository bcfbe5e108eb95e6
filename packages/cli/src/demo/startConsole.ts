import { Effect } from "effect"
import { consoleScript } from "../app/appFolders.ts"
import type { AppStarter } from "./AppStarter.ts"

/** The web page, told what only the demo knows: where the Gladys bridge answers. */
export const startConsole: AppStarter = ({ home, settings, start }) =>
  Effect.gen(function* () {
    const options = {
      home,
      port: settings.ports.console,
      gladysUrl: `http://127.0.0.1:${settings.ports.gladys}`,
    }
    return yield* start({
      name: "console",
      title: "The console",
      command: [yield* consoleScript, JSON.stringify(options)],
      env: {},
    })
  })
