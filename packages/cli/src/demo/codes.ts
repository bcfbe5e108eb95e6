import { FileSystem } from "@effect/platform"
import { setupUri } from "@withings-bridge/console/setupUri"
import type { Pairing } from "@withings-bridge/core"
import { Effect, Schema } from "effect"
import { bold, cyan, dim } from "../terminal/style.ts"
import { matterQr } from "../app/matterCode.ts"
import { qrBeside } from "../terminal/qrCode.ts"
import type { DemoPlace } from "./DemoPlace.ts"
import { openWindowCommand } from "./calledAs.ts"

/** What Homebridge stores about its controllers. */
const Paired = Schema.parseJson(
  Schema.Struct({ pairedClients: Schema.Record({ key: Schema.String, value: Schema.Unknown }) }),
)

const isHomekitPaired = ({ home, settings }: DemoPlace) =>
  Effect.gen(function* () {
    const files = yield* FileSystem.FileSystem
    const name = `AccessoryInfo.${settings.homekit.username.replaceAll(":", "")}.json`
    const text = yield* files.readFileString(`${home}/homebridge/persist/${name}`)
    return Object.keys((yield* Schema.decode(Paired)(text)).pairedClients).length > 0
  }).pipe(Effect.orElseSucceed(() => false))

const pairedAlready = dim("(paired already)")

/** A paired bridge accepts no second scan, so say how to pair again. */
export const homekitCode = (place: DemoPlace): Effect.Effect<string, never, FileSystem.FileSystem> =>
  Effect.map(isHomekitPaired(place), (isPaired) =>
    isPaired
      ? `${bold("Apple Home")}  ${pairedAlready}\n  To pair again, remove the bridge in the Home app first, then start again.`
      : homekitQr(place),
  )

const homekitQr = ({ settings }: DemoPlace): string =>
  qrBeside(setupUri(settings.homekit.pin, settings.homekit.setupId), [
    bold("Apple Home"),
    "",
    `Code  ${cyan(settings.homekit.pin)}`,
    "",
    "iPhone: Home app, +, Add Accessory,",
    'scan this. "Uncertified Accessory":',
    "choose Add Anyway.",
  ])

/** A paired bridge lets another controller in only on request. */
export const pairingCode = (title: string, pairing: Pairing, home: string): string =>
  pairing.controllers.length > 0
    ? `${bold(title)}  ${pairedAlready}\n  To add another controller: ${cyan(openWindowCommand(home))}`
    : matterQr(pairing)
