import { Effect } from "effect"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { toString as qrCode } from "qrcode"
import type { HomesState, Pairing } from "../ConsoleState.ts"

/** What each app leaves in the home folder for whoever wants to pair; the apps own these files. */
interface PairingFile {
  readonly qrPairingCode?: string
  readonly manualPairingCode?: string
  readonly setupUri?: string
  readonly pin?: string
  readonly commissioned?: boolean
  readonly paired?: boolean
  readonly url?: string
}

const read = (home: string, app: string) =>
  Effect.promise(async (): Promise<PairingFile | null> => {
    const text = await readFile(join(home, app, "pairing.json"), "utf8").catch(() => null)
    try {
      return text === null ? null : JSON.parse(text)
    } catch {
      return null
    }
  })

const pairing = (code: string | undefined, payload: string | undefined, paired: boolean) =>
  Effect.gen(function* () {
    if (code === undefined) return null
    const qrSvg =
      payload === undefined ? null : yield* Effect.promise(() => qrCode(payload, { type: "svg", margin: 1 }))
    return { code, qrSvg, paired } satisfies Pairing
  })

export const homesState = (home: string): Effect.Effect<HomesState> =>
  Effect.gen(function* () {
    const homebridge = yield* read(home, "homebridge")
    const matter = yield* read(home, "matter")
    const gladys = yield* read(home, "gladys")
    return {
      homeKit: yield* pairing(homebridge?.pin, homebridge?.setupUri, homebridge?.paired ?? false),
      matter: yield* pairing(matter?.manualPairingCode, matter?.qrPairingCode, matter?.commissioned ?? false),
      gladysUrl: gladys?.url ?? null,
    }
  })
