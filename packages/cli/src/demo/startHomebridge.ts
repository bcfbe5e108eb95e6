import { networkInterfaces } from "node:os"
import { FileSystem } from "@effect/platform"
import { Effect } from "effect"
import type { AppStarter } from "./AppStarter.ts"
import { homebridgeScript, pluginFolder } from "../app/appFolders.ts"

const loopbackInterfaces = () =>
  Object.entries(networkInterfaces())
    .filter(([, addresses]) => addresses?.some(({ internal }) => internal))
    .map(([name]) => name)

/** The real Homebridge, with nothing in it but our plugin. */
export const startHomebridge: AppStarter = ({ home, settings, loopback, start }) =>
  Effect.gen(function* () {
    const files = yield* FileSystem.FileSystem
    const storage = `${home}/homebridge`
    const plugins = `${storage}/plugins`
    yield* files.makeDirectory(plugins, { recursive: true })
    // Homebridge takes only folders that are named like a plugin, so it gets a link of that name.
    const link = `${plugins}/homebridge-withings`
    yield* files.remove(link, { force: true })
    yield* files.symlink(yield* pluginFolder, link)
    const { username, pin, setupId } = settings.homekit
    const config = {
      bridge: {
        name: "Withings Demo",
        username,
        pin,
        setupID: setupId,
        port: settings.ports.homekit,
        // Ciao is part of Homebridge: it needs no Avahi, no Bonjour and no systemd on the machine.
        advertiser: "ciao",
        ...(loopback ? { bind: loopbackInterfaces() } : {}),
      },
      accessories: [],
      platforms: [{ platform: "Withings", name: "Withings", home }],
    }
    yield* files.writeFileString(`${storage}/config.json`, JSON.stringify(config, null, 2))
    return yield* start({
      name: "homebridge",
      title: "Homebridge",
      command: [
        yield* homebridgeScript,
        "-U",
        storage,
        "-P",
        plugins,
        "--strict-plugin-resolution",
        "--no-qrcode",
      ],
      env: { WITHINGS_BRIDGE_HOME: home },
    })
  })
