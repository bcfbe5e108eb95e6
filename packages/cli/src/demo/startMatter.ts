import { networkInterfaces } from "node:os"
import { FileSystem } from "@effect/platform"
import { Effect } from "effect"
import type { AppStarter } from "./AppStarter.ts"
import { matterCommand } from "../app/appFolders.ts"

/** The name of the interface of this machine alone: "lo", "lo0". */
const loopbackInterface = () =>
  Object.entries(networkInterfaces()).find(([, addresses]) =>
    addresses?.some(({ internal }) => internal),
  )?.[0]

export const startMatter: AppStarter = ({ home, settings, loopback, start }) =>
  Effect.gen(function* () {
    const files = yield* FileSystem.FileSystem
    // The codes of an earlier start must not be taken for a sign that this one is ready.
    yield* files.remove(`${home}/matter/pairing.json`, { force: true })
    const onlyHere = loopback ? loopbackInterface() : undefined
    return yield* start({
      name: "matter",
      title: "The Matter bridge",
      command: [
        ...(yield* matterCommand),
        "--port",
        String(settings.ports.matter),
        ...(onlyHere === undefined ? [] : ["--interface", onlyHere]),
      ],
      env: { WITHINGS_BRIDGE_HOME: home },
    })
  })
