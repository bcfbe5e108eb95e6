import { networkInterfaces } from "node:os"
import { fileURLToPath } from "node:url"
import { FileSystem } from "@effect/platform"
import { Effect } from "effect"
import { readyOrEnded, waitForPort } from "../app/ready.ts"
import { CommandError } from "../CommandError.ts"
import { portOf, releasePorts, type DemoPlace } from "./DemoPlace.ts"

/** A path in an installed package, relative to what the package exports. */
const pathIn = (name: string, toPath: string): Effect.Effect<string, CommandError> =>
  Effect.try({
    try: () => fileURLToPath(new URL(toPath, import.meta.resolve(name))),
    catch: () =>
      new CommandError(
        "app-missing",
        `The demo needs the package ${name}, which is not installed here: run \`npm start\` in a clone of the repository.`,
      ),
  })

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
      // Ciao comes with Homebridge: it needs no Avahi, Bonjour or systemd.
      advertiser: "ciao",
      ...(loopback ? { bind: loopbackInterfaces() } : {}),
    },
    accessories: [],
    platforms: [{ platform: "Withings", name: "Withings", home }],
  }
}

/** Starts the real Homebridge with our plugin alone; returns once it can be paired. */
export const startHomebridge = (place: DemoPlace) =>
  Effect.gen(function* () {
    const files = yield* FileSystem.FileSystem
    const storage = `${place.home}/homebridge`
    const plugins = `${storage}/plugins`
    yield* files.makeDirectory(plugins, { recursive: true })
    // Homebridge loads only folders that are named like a plugin, so it gets a link of that name.
    const link = `${plugins}/homebridge-withings`
    yield* files.remove(link, { force: true })
    yield* files.symlink(yield* pathIn("homebridge-withings", ".."), link)
    yield* files.writeFileString(`${storage}/config.json`, JSON.stringify(configOf(place), null, 2))
    yield* releasePorts(place, "homekit")
    const app = yield* place.start({
      name: "homebridge",
      title: "Homebridge",
      script: yield* pathIn("homebridge", "../bin/homebridge.js"),
      args: ["-U", storage, "-P", plugins, "--strict-plugin-resolution", "--no-qrcode"],
      env: { WITHINGS_BRIDGE_HOME: place.home },
    })
    yield* readyOrEnded(app, waitForPort(portOf(place, "homekit")))
    return app
  })
