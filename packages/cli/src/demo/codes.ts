import { FileSystem } from "@effect/platform"
import { Effect, Schedule, Schema } from "effect"
import { bold, cyan, dim } from "../terminal/style.ts"
import { qrBeside } from "../terminal/qrCode.ts"
import type { DemoPlace } from "./AppStarter.ts"
import { setupUri } from "./setupUri.ts"

/** What the Matter bridge writes down for whoever shows its codes. */
const Pairing = Schema.parseJson(
  Schema.Struct({
    qrPairingCode: Schema.String,
    manualPairingCode: Schema.String,
    commissioned: Schema.Boolean,
  }),
)

const matterPairing = (home: string) =>
  Effect.gen(function* () {
    const files = yield* FileSystem.FileSystem
    const text = yield* files.readFileString(`${home}/matter/pairing.json`)
    return yield* Schema.decode(Pairing)(text)
  })

/** As printed on Matter devices: 1234-567-8901. */
const manualCode = (code: string) => `${code.slice(0, 4)}-${code.slice(4, 7)}-${code.slice(7)}`

export const homekitCode = ({ settings }: DemoPlace): string =>
  qrBeside(setupUri(settings.homekit.pin, settings.homekit.setupId), [
    bold("Apple Home"),
    "",
    `Code  ${cyan(settings.homekit.pin)}`,
    "",
    "iPhone: Home app, +, Add Accessory,",
    'scan this. "Uncertified Accessory":',
    "choose Add Anyway.",
  ])

export const matterCode = (pairing: typeof Pairing.Type): string =>
  qrBeside(pairing.qrPairingCode, [
    bold("Matter") + (pairing.commissioned ? dim("  (paired already)") : ""),
    "",
    `Code  ${cyan(manualCode(pairing.manualPairingCode))}`,
    dim(pairing.qrPairingCode),
    "",
    "Apple Home, Google Home, Alexa,",
    "SmartThings, Home Assistant:",
    "add a Matter device, scan this.",
  ])

/** Waits until the Matter bridge has written its codes. */
export const waitForPairing = (home: string) =>
  matterPairing(home).pipe(Effect.retry(Schedule.spaced("100 millis")), Effect.timeout("60 seconds"))
