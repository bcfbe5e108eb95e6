import { Effect } from "effect"
import { toString as qrCode } from "qrcode"
import type { HomesState, MatterBridge, Pairing } from "../ConsoleState.ts"
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

export const homesState = ({ gladysUrl, home }: ConsoleOptions): Effect.Effect<HomesState> =>
  Effect.all({
    homeKit: Effect.promise(async () => {
      const accessory = await homebridgeAccessory(home)
      return accessory === null ? null : toPairing(accessory)
    }),
    matter: matterPairing(home).pipe(
      Effect.flatMap((pairing) => Effect.promise(() => toMatterBridge(pairing))),
      Effect.orElseSucceed(() => null),
    ),
    gladysUrl: Effect.succeed(gladysUrl ?? null),
  })
