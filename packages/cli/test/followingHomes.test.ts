import { startSimulator } from "@withings-bridge/simulator"
import { Effect } from "effect"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import {
  apple,
  find,
  HomeKitClient,
  type SeenAccessory,
} from "../../../apps/homebridge/test/HomeKitClient.ts"
import { HomebridgeProcess } from "../../../apps/homebridge/test/HomebridgeProcess.ts"
import { installPacked } from "../../../apps/homebridge/test/packedPlugin.ts"
import { printing } from "./homes/RealHome.ts"
import { freePort } from "../../core/test/freePort.ts"
import { withPostgres } from "../../core/test/postgres.ts"
import { eventually } from "../../../apps/hub/test/eventually.ts"
import { api, hasWebhooks, joinBy } from "../../../apps/hub/test/hubParts.ts"
import { hubOfProcesses } from "../../../apps/hub/test/hubProcesses.ts"

const patience = 150_000
const bridge = fileURLToPath(new URL("../../../apps/matter/test/watchedBridge.ts", import.meta.url))
const bed = /^Ann's bed$/

/** A home folder that follows the hub. */
const homeThatFollows = (url: string, key: string): string => {
  const home = mkdtempSync(join(tmpdir(), "following-"))
  writeFileSync(join(home, "config.yaml"), `hub:\n  url: ${url}\n  key: ${key}\n`)
  return home
}

/** A real Homebridge with a HAP controller. */
const appleHome = async (home: string) => {
  const folder = mkdtempSync(join(tmpdir(), "apple-"))
  const port = await freePort()
  const homebridge = await HomebridgeProcess.start({
    storage: join(folder, "storage"),
    plugin: await installPacked(join(folder, "installed")),
    platforms: [{ platform: "Withings", name: "Withings" }],
    port,
    environment: { WITHINGS_BRIDGE_HOME: home },
  })
  const client = await HomeKitClient.pair(port)
  const inBed = (seen: ReadonlyArray<SeenAccessory>): unknown => {
    try {
      return find(seen, bed, apple.occupancySensor, apple.occupancyDetected).value
    } catch {
      return undefined
    }
  }
  return {
    name: "Apple Home",
    inBed: async () => inBed(await client.accessories()),
    isEmpty: async () => (await client.accessories()).length === 1,
    close: async () => {
      await client.close()
      await homebridge.stop()
    },
  }
}

/** The real Matter bridge with a controller of matter.js. */
const matterHome = async (home: string) => {
  let states: Readonly<Record<string, number | null>> = {}
  const watched = printing(
    ["--conditions", "@withings-bridge/source", bridge],
    { ...process.env, WITHINGS_BRIDGE_HOME: home },
    (line) => {
      if (line.startsWith('{"states"')) ({ states } = JSON.parse(line))
    },
  )
  watched.say(`start ${process.env["HOUSEHOLD_CLOCK_AHEAD"] ?? 0} ${home}`)
  return {
    name: "Matter",
    inBed: async () => Object.entries(states).find(([label]) => bed.test(label))?.[1],
    isEmpty: async () => Object.keys(states).length === 0,
    close: watched.end,
  }
}

await withPostgres((postgres) => {
  it("a real Homebridge and a Matter controller follow a hub through a kill, a restart and the removal of their household", async () => {
    const store = await Effect.runPromise(postgres.newDatabase)
    const simulator = await startSimulator({ years: 0, requestsPerMinute: 100_000 })
    const hub = await hubOfProcesses({ store, cloudUrl: simulator.url })
    const [one, other] = await Promise.all([hub.add(), hub.add()])
    const { id, key } = await joinBy({ create: hub.url, join: hub.url }, "Ann")
    await eventually("webhooks of Ann", () => hasWebhooks(simulator, "Ann"), patience)
    const homes = [
      await appleHome(homeThatFollows(hub.url, key)),
      await matterHome(homeThatFollows(hub.url, key)),
    ]
    const shows = (value: 0 | 1) =>
      Promise.all(
        homes.map(({ inBed, name }) =>
          eventually(
            `${value} in ${name}`,
            async () => Number(await inBed()) === value || undefined,
            patience,
          ),
        ),
      )
    try {
      await simulator.goToBed("Ann")
      await shows(1)

      await one.kill()
      await simulator.getUp("Ann")
      await shows(0)
      await one.start()

      await other.stop()
      await simulator.goToBed("Ann")
      await shows(1)
      await other.start()

      const { status } = await api(hub.url, "DELETE", `/api/households/${id}`)
      expect(status).toBe(204)
      for (const { isEmpty, name } of homes)
        await eventually(`nothing in ${name}`, async () => (await isEmpty()) || undefined, patience)
    } finally {
      for (const home of homes) await home.close()
      await hub.close()
      await simulator.close()
    }
  }, 600_000)
})
