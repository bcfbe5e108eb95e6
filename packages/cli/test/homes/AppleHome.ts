import path from "node:path"
import {
  apple,
  find,
  HomeKitClient,
  type SeenAccessory,
} from "../../../../apps/homebridge/test/HomeKitClient.ts"
import { HomebridgeProcess } from "../../../../apps/homebridge/test/HomebridgeProcess.ts"
import { SettingsDialog } from "../../../../apps/homebridge/test/SettingsDialog.ts"
import { freePort } from "../../../core/test/freePort.ts"
import { eventually, type RealHome, type Thing, type Told } from "./RealHome.ts"

const platform = { platform: "Withings", name: "Withings" }
const service = { contact: apple.contactSensor, bed: apple.occupancySensor, press: apple.programmableSwitch }
const { contactSensorState: contact, occupancyDetected: occupied, programmableSwitchEvent: press } = apple

/** Where each thing is in Apple Home. */
const places: Readonly<Record<Thing, readonly [RegExp, string, string]>> = {
  heavy: [/^Heavy Ann$/, service.contact, contact],
  bed: [/^Ann's bed$/, service.bed, occupied],
  weighed: [/^Ann's scale/, service.press, press],
  "went to bed": [/Went to bed$/, service.press, press],
  "got up": [/Got up$/, service.press, press],
  night: [/^Ann's bed .*Just measured$/, service.press, press],
  goal: [/Goal reached$/, service.press, press],
}

/** A real Homebridge with a HAP controller. */
export const appleHome = (folder: string, plugin: string): RealHome & { readonly signIn: SignIn } => {
  const storage = path.join(folder, "homebridge")
  const told: Array<Told> = []
  let homebridge: HomebridgeProcess | undefined
  let client: HomeKitClient | undefined
  let port = 0
  let ids: ReadonlyMap<string, Thing> = new Map()

  const listen = async (now: HomeKitClient) => {
    ids = idsOf(
      await now.accessoriesWhen((accessories) => idsOf(accessories).size === Object.keys(places).length),
    )
    now.onEvent(({ at, id, value }) => {
      const thing = ids.get(id)
      if (thing !== undefined) told.push({ thing, value: isButton(thing) ? null : Number(value), at })
    })
    await now.subscribe([...ids.keys()])
  }
  return {
    name: "Apple Home",
    told,
    signIn: async (person, environment) => {
      const dialog = await SettingsDialog.open(plugin, storage, platform, environment)
      await dialog.connect(person)
      await dialog.close()
    },
    start: async (environment) => {
      if (port === 0) port = await freePort()
      homebridge = await HomebridgeProcess.start({
        storage,
        plugin,
        platforms: [platform],
        port,
        environment,
      })
      client =
        client === undefined ? await HomeKitClient.pair(port) : HomeKitClient.connect(port, client.pairing)
      await listen(client)
    },
    stop: async () => {
      await client?.close()
      await homebridge?.stop()
    },
    state: async (thing) => {
      const id = [...ids].find(([, each]) => each === thing)?.[0] ?? ""
      let value: unknown
      await eventually(
        () => `${thing} in Apple Home`,
        async () => (value = await client?.read(id)) !== undefined,
      )
      return typeof value === "number" ? value : null
    },
    close: async () => {},
  }
}

type SignIn = (person: string, environment: Record<string, string>) => Promise<void>

const isButton = (thing: Thing) => thing !== "heavy" && thing !== "bed"

const idsOf = (accessories: ReadonlyArray<SeenAccessory>): ReadonlyMap<string, Thing> =>
  new Map(
    Object.entries(places).flatMap(([thing, place]) => {
      try {
        return [[find(accessories, ...place).id, thing as Thing]]
      } catch {
        return []
      }
    }),
  )
