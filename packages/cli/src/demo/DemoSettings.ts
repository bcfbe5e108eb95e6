import { randomInt } from "node:crypto"
import { FileSystem } from "@effect/platform"
import { openHome, type Part } from "@withings-bridge/core"
import { Effect, Schema } from "effect"
import { CommandError } from "../CommandError.ts"
import { choosePorts } from "./choosePorts.ts"

/** Kept for the next start, so that phones find what they paired with, and the store its account. */
const DemoSettings = Schema.Struct({
  seed: Schema.Number,
  homekit: Schema.Struct({ username: Schema.String, pin: Schema.String, setupId: Schema.String }),
  /** By purpose. */
  ports: Schema.Record({ key: Schema.String, value: Schema.Number }),
})
export type DemoSettings = typeof DemoSettings.Type

const settingsFile = Schema.parseJson(DemoSettings, { space: 2 })

const hexByte = () => randomInt(256).toString(16).toUpperCase().padStart(2, "0")

const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join("")

/** Never one that HomeKit refuses as too simple, such as 111-11-111. */
const newPin = (): string => {
  const pin = `${digits(3)}-${digits(2)}-${digits(3)}`
  return new Set(pin.replaceAll("-", "")).size > 2 ? pin : newPin()
}

const newIdentity = () => ({
  username: ["0E", hexByte(), hexByte(), hexByte(), hexByte(), hexByte()].join(":"),
  pin: newPin(),
  setupId: Array.from({ length: 4 }, () => randomInt(36).toString(36).toUpperCase()).join(""),
})

const pathIn = (home: string) => `${home}/demo.json`

const orRefuse = (message: string) => Effect.mapError(() => new CommandError("demo-settings", message))

/** The settings of the last start in this folder; null before the first. */
export const keptSettings = (home: string) =>
  Effect.gen(function* () {
    const files = yield* FileSystem.FileSystem
    const path = pathIn(home)
    if (!(yield* files.exists(path).pipe(Effect.orElseSucceed(() => false)))) return null
    return yield* files
      .readFileString(path)
      .pipe(
        Effect.flatMap(Schema.decode(settingsFile)),
        orRefuse(`${path} cannot be read as settings of the demo: remove the folder ${home} to start over.`),
      )
  })

/** Takes the settings of the last start in the folder, or makes new ones, and saves them. */
export const prepareSettings = (
  home: string,
  parts: ReadonlyArray<Part>,
  asked: Readonly<Record<string, number>>,
) =>
  Effect.gen(function* () {
    const files = yield* FileSystem.FileSystem
    yield* openHome(home)
    yield* orRefuse(
      `The folder ${home} cannot be written: choose another with --home, or fix its permissions.`,
    )(files.makeDirectory(`${home}/logs`, { recursive: true }))
    const kept = yield* keptSettings(home)
    const { notes, reserved } = yield* choosePorts(parts, asked, kept?.ports ?? {})
    const settings: DemoSettings = {
      seed: kept?.seed ?? randomInt(1_000_000),
      homekit: kept?.homekit ?? newIdentity(),
      ports: Object.fromEntries([...reserved].map(([name, { port }]) => [name, port])),
    }
    yield* Schema.encode(settingsFile)(settings).pipe(
      Effect.flatMap((text) => files.writeFileString(pathIn(home), `${text}\n`)),
      orRefuse(`${pathIn(home)} cannot be written: is the disk full, or the folder read-only?`),
    )
    return { settings, reserved, notes }
  })
