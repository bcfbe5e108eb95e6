import { type Household, readPart } from "@withings-bridge/core"
import { Effect } from "effect"
import { toString as qrCode } from "qrcode"
import type { HomeState, MatterBridge, Pairing, Shows } from "../ConsoleState.ts"
import type { ConsoleOptions } from "./ConsoleOptions.ts"
import { type HomebridgeAccessory, homebridgeAccessory } from "./homebridge.ts"
import { type MatterPairing, matterPairing } from "./matterControl.ts"
import { setupUri } from "./setupUri.ts"

const qrSvg = (payload: string) => qrCode(payload, { type: "svg", margin: 1 })

/** As printed on Matter devices: 1234-567-8901. */
const manualCode = (code: string) => code.replace(/^(\d{4})(\d{3})(\d{4})$/, "$1-$2-$3")

const toMatterBridge = async (pairing: MatterPairing): Promise<MatterBridge> => ({
  code: manualCode(pairing.manualPairingCode),
  qrSvg: await qrSvg(pairing.qrPairingCode),
  windowUntil: pairing.windowUntil,
  controllers: pairing.fabrics,
})

const toPairing = async ({ pairedClients, pincode, setupID }: HomebridgeAccessory): Promise<Pairing> => ({
  code: pincode,
  qrSvg: await qrSvg(setupUri(pincode, setupID)),
  paired: Object.keys(pairedClients).length > 0,
})

/** From the files of Homebridge, which is a program of its own. */
export const homeKitPairing = (home: string): Effect.Effect<Pairing | null> =>
  Effect.promise(async () => {
    const accessory = await homebridgeAccessory(home)
    return accessory === null ? null : toPairing(accessory)
  })

/** Asked over a socket, because the Matter bridge may run in another process. */
export const matterBridge = (home: string): Effect.Effect<MatterBridge | null> =>
  matterPairing(home).pipe(
    Effect.flatMap((pairing) => Effect.promise(() => toMatterBridge(pairing))),
    Effect.orElseSucceed(() => null),
  )

/** Every home, with its address if it runs in this process. */
export const homeStates = ({ accesses, homes }: ConsoleOptions): Effect.Effect<ReadonlyArray<HomeState>> =>
  Effect.map(accesses, (all) =>
    homes.map(({ name, title }) => ({ name, title, address: all.get(name)?.address ?? null })),
  )

/** What each home shows of each device. */
export const showsOf = ({ home: folder, homes }: ConsoleOptions, household: Household): Shows => {
  const read = homes.map((home) => ({ home, ...readPart(home, { folder, env: process.env }) }))
  return Object.fromEntries(
    household.descriptors.map((descriptor) => [
      descriptor.id,
      Object.fromEntries(
        read.map(({ home, settings }) => [home.name, home.shows(descriptor, settings, household)]),
      ),
    ]),
  )
}
