import { Effect } from "effect"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { toString as qrCode } from "qrcode"
import type { HomesState, MatterBridge, Pairing } from "../ConsoleState.ts"
import type { ConsoleOptions } from "./ConsoleOptions.ts"
import { type MatterPairing, matterPairing } from "./matterControl.ts"

/** What Homebridge keeps of each accessory server. */
interface HomeKitAccessory {
  readonly pairedClients?: Readonly<Record<string, unknown>>
}

const readJson = async <A>(path: string): Promise<Partial<A>> => {
  try {
    return JSON.parse(await readFile(path, "utf8"))
  } catch {
    return {}
  }
}

const qrSvg = (payload: string) => qrCode(payload, { type: "svg", margin: 1 })

/** As printed on Matter devices: 1234-567-8901. */
const manualCode = (code: string) => code.replace(/^(\d{4})(\d{3})(\d{4})$/, "$1-$2-$3")

const toMatterBridge = async (pairing: MatterPairing): Promise<MatterBridge> => ({
  code: manualCode(pairing.manualPairingCode),
  qrSvg: await qrSvg(pairing.qrPairingCode),
  windowUntil: pairing.windowUntil,
  controllers: pairing.fabrics,
})

const homeKitIn = async (home: string, known: ConsoleOptions["homeKit"]): Promise<Pairing | null> => {
  if (known === undefined) return null
  const persist = join(home, "homebridge", "persist")
  const names = await readdir(persist).catch(() => [])
  const accessories = await Promise.all(
    names
      .filter((name) => name.startsWith("AccessoryInfo."))
      .map((name) => readJson<HomeKitAccessory>(join(persist, name))),
  )
  return {
    code: known.code,
    qrSvg: await qrSvg(known.setupUri),
    paired: accessories.some(({ pairedClients }) => Object.keys(pairedClients ?? {}).length > 0),
  }
}

export const homesState = ({ gladysUrl, home, homeKit }: ConsoleOptions): Effect.Effect<HomesState> =>
  Effect.all({
    homeKit: Effect.promise(() => homeKitIn(home, homeKit)),
    matter: matterPairing(home).pipe(
      Effect.flatMap((pairing) => Effect.promise(() => toMatterBridge(pairing))),
      Effect.orElseSucceed(() => null),
    ),
    gladysUrl: Effect.succeed(gladysUrl ?? null),
  })
