import { networkInterfaces } from "node:os"
import { FileSystem } from "@effect/platform"
import { Effect } from "effect"
import { homebridgeScript, pluginFolder } from "../app/appFolders.ts"
import { readyOrEnded, waitForPort } from "../app/ready.ts"
import type { DemoPlace } from "./DemoPlace.ts"
import { portOf, releasePorts } from "./ports.ts"

const loopbackInterfaces = () =>
  Object.entries(networkInterfaces())
    .filter(([, addresses]) => addresses?.some(({ internal }) => internal))
    .map(([name]) => name)

const configOf = (place: DemoPlace) => {
  const { home, loopback, settings } = place
  const { pin, setupId, username } = settings.homekit
  return {
    bridge: {
      name: "Withings Demo",
      username,
      pin,
      setupID: setupId,
      port: portOf(place, "homekit"),
      // Ciao is part of Homebridge: it needs no Avahi, no Bonjour and no systemd on the machine.
      advertiser: "ciao",
      ...(loopback ? { bind: loopbackInterfaces() } : {}),
    },
    accessories: [],
    platforms: [{ platform: "Withings", name: "Withings", home }],
  }
}

/** The real Homebridge, with nothing in it but our plugin, once it can be paired with. */
export const startHomebridge = (place: DemoPlace) =>
  Effect.gen(function* () {
    const files = yield* FileSystem.FileSystem
    const storage = `${place.home}/homebridge`
    const plugins = `${storage}/plugins`
    yield* files.makeDirectory(plugins, { recursive: true })
    // Homebridge takes only folders that are named like a plugin, so it gets a link of that name.
    const link = `${plugins}/homebridge-withings`
    yield* files.remove(link, { force: true })
    yield* files.symlink(yield* pluginFolder, link)
    yield* files.writeFileString(`${storage}/config.json`, JSON.stringify(configOf(place), null, 2))
    yield* releasePorts(place, "homekit")
    const app = yield* place.start({
      name: "homebridge",
      title: "Homebridge",
      script: yield* homebridgeScript,
      args: ["-U", storage, "-P", plugins, "--strict-plugin-resolution", "--no-qrcode"],
      env: { WITHINGS_BRIDGE_HOME: place.home },
    })
    yield* readyOrEnded(app, waitForPort(portOf(place, "homekit")))
    return app
  })
