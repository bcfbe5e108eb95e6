import { randomInt } from "node:crypto"
import { FileSystem } from "@effect/platform"
import { openHome } from "@withings-bridge/core"
import { Effect, Schema } from "effect"
import { CommandError } from "../CommandError.ts"
import { freePort, isFree, type Protocol } from "../app/ports.ts"

const PortSettings = Schema.Struct({
  homekit: Schema.Number,
  matter: Schema.Number,
  gladys: Schema.Number,
  console: Schema.optionalWith(Schema.Number, { default: () => 7332 }),
  simulator: Schema.Number,
  simulatorAdmin: Schema.Number,
  webhook: Schema.Number,
  control: Schema.Number,
})
export type Ports = typeof PortSettings.Type

/** What must be the same at the next start, so that phones find what they paired with and the store its account. */
const DemoSettings = Schema.Struct({
  seed: Schema.Number,
  homekit: Schema.Struct({ username: Schema.String, pin: Schema.String, setupId: Schema.String }),
  ports: PortSettings,
})
export type DemoSettings = typeof DemoSettings.Type

const settingsFile = Schema.parseJson(DemoSettings, { space: 2 })

const titles: Readonly<Record<keyof Ports, string>> = {
  homekit: "Homebridge",
  matter: "the Matter bridge",
  gladys: "the Gladys bridge",
  console: "the console",
  simulator: "the simulated Withings cloud",
  simulatorAdmin: "the simulator's admin page",
  webhook: "the webhook receiver",
  control: "commands of a second terminal",
}

/** Ports of a first start, where they are free. */
export const usualPorts: Ports = {
  homekit: 51826,
  matter: 5540,
  gladys: 8765,
  console: 7332,
  simulator: 8190,
  simulatorAdmin: 8191,
  webhook: 8192,
  control: 8193,
}

const protocols: Readonly<Record<keyof Ports, Protocol>> = {
  homekit: "tcp",
  matter: "udp",
  gladys: "tcp",
  console: "tcp",
  simulator: "tcp",
  simulatorAdmin: "tcp",
  webhook: "tcp",
  control: "tcp",
}

const portNames = Object.keys(protocols) as ReadonlyArray<keyof Ports>

/** Ports that the user asked for on the command line. */
export type AskedPorts = Partial<Ports>

/** Ports of this start: those asked for, then those of the last start, then the usual ones, else free ones. */
const choosePorts = (asked: AskedPorts, kept: Ports | null) =>
  Effect.gen(function* () {
    const chosen: Record<keyof Ports, number> = { ...(kept ?? usualPorts) }
    const notes: Array<string> = []
    for (const name of portNames) {
      const wanted = asked[name]
      const protocol = protocols[name]
      if (wanted !== undefined && !(yield* isFree(wanted, protocol)))
        return yield* new CommandError({
          code: "port-taken",
          message: `Port ${wanted} for ${titles[name]} is taken by another program: end that one, or choose another port.`,
        })
      chosen[name] = wanted ?? (yield* freePort(chosen[name], protocol))
      if (kept !== null && wanted === undefined && chosen[name] !== kept[name])
        notes.push(`Port ${kept[name]} is now taken, so ${titles[name]} moves to ${chosen[name]}.`)
    }
    return { ports: chosen, notes }
  })

const hexByte = () => randomInt(256).toString(16).toUpperCase().padStart(2, "0")

const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join("")

/** Codes that HomeKit refuses because everyone would guess them: 111-11-111 and the like never come from here. */
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

/** What the last start in this folder left; null when there was none. */
export const keptSettings = (home: string) =>
  Effect.gen(function* () {
    const files = yield* FileSystem.FileSystem
    const path = pathIn(home)
    if (!(yield* files.exists(path).pipe(Effect.orElseSucceed(() => false)))) return null
    return yield* files.readFileString(path).pipe(
      Effect.flatMap(Schema.decode(settingsFile)),
      Effect.mapError(
        () =>
          new CommandError({
            code: "demo-settings",
            message: `${path} cannot be read as settings of the demo: remove the folder ${home} to begin anew.`,
          }),
      ),
    )
  })

/** Reads what the last start left in the folder, or begins anew, and writes down what this start uses. */
export const prepareSettings = (home: string, asked: AskedPorts) =>
  Effect.gen(function* () {
    const files = yield* FileSystem.FileSystem
    yield* openHome(home)
    yield* files.makeDirectory(`${home}/logs`, { recursive: true }).pipe(
      Effect.mapError(
        () =>
          new CommandError({
            code: "demo-settings",
            message: `The folder ${home} cannot be written: choose another with --home, or mend its rights.`,
          }),
      ),
    )
    const kept = yield* keptSettings(home)
    const { ports, notes } = yield* choosePorts(asked, kept?.ports ?? null)
    const settings: DemoSettings = {
      seed: kept?.seed ?? randomInt(1_000_000),
      homekit: kept?.homekit ?? newIdentity(),
      ports,
    }
    yield* Schema.encode(settingsFile)(settings).pipe(
      Effect.flatMap((text) => files.writeFileString(pathIn(home), `${text}\n`)),
      Effect.mapError(
        () =>
          new CommandError({
            code: "demo-settings",
            message: `${pathIn(home)} cannot be written: is the disk full, or the folder read-only?`,
          }),
      ),
    )
    return { settings, notes, isFirst: kept === null }
  })
