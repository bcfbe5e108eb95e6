import type { Effect, Scope } from "effect"
import type { Bridge } from "../Bridge.ts"
import type { BridgeConfig } from "../BridgeConfig.ts"
import type { ConfigMistake } from "../config/readSettings.ts"
import type { FileSection } from "../config/configFile.ts"
import type { SettingsTable } from "../config/settings.ts"
import type { DeviceDescriptor } from "../device/DeviceDescriptor.ts"
import type { Household } from "../device/Household.ts"

/** Sources of a part's settings. Flags win over the environment, which wins over `config.yaml`. */
export interface PartSources {
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The section of `config.yaml` that has the part's name. */
  readonly file: FileSection
  /** Command-line flags, by the keys of the table. */
  readonly flags?: Readonly<Record<string, unknown>>
}

export interface ReadPart<Settings> {
  /** Without what is wrong. */
  readonly settings: Settings
  readonly mistakes: ReadonlyArray<ConfigMistake>
}

export interface PartSettings<Settings> {
  /** Empty: another program's configuration holds them. */
  readonly table: SettingsTable
  readonly read: (sources: PartSources) => ReadPart<Settings>
}

export interface PartPort {
  readonly port: number
  readonly protocol: "tcp" | "udp"
  /** What to do when another program has it. */
  readonly remedy: string
}

/** How to reach a running part. */
export interface Access {
  /** For a browser; null: none. */
  readonly address: string | null
  /** An address that signs in anyone who opens it: for a terminal, never for a log. */
  readonly privateAddress?: string
  readonly pairing?: Pairing
}

export interface Pairing {
  /** Content of the QR code. */
  readonly qr: string
  /** The code to type. */
  readonly code: string
  readonly controllers: ReadonlyArray<string>
}

/** What the process offers to a part. */
export interface PartHost {
  readonly config: BridgeConfig
  /** Reports that the part is up, and how to reach it. Called again when that changes. */
  readonly show: (access: Access) => Effect.Effect<void>
  /** How to reach the parts that are up, by name. */
  readonly accesses: Effect.Effect<ReadonlyMap<string, Access>>
  /** Restarts the core and all parts with the current `config.yaml`. */
  readonly restart: Effect.Effect<void>
  /** The same, with work in between, while this process has no file of the home folder open. */
  readonly restartAfter: (work: Effect.Effect<void>) => Effect.Effect<void>
}

export interface PartFailure {
  readonly message: string
}

/**
 * Something that runs over the core: a home, or the console. `ports` and `run` are methods, so that parts with different
 * settings fit into one list; they receive the settings that the part has read.
 */
export interface Part<Settings = unknown> {
  /** Its flag and its section in `config.yaml`, and the name under which it follows the household: "matter". */
  readonly name: string
  /** "Matter". */
  readonly title: string
  /** For help texts: "The Matter bridge, for any Matter controller". */
  readonly about: string
  readonly settings: PartSettings<Settings>
  ports(settings: Settings): ReadonlyArray<PartPort>
  /** Files and folders that it keeps in the home folder. */
  readonly keeps: ReadonlyArray<string>
  /** Until it is interrupted or fails. Left out: another program runs it. */
  run?(settings: Settings, host: PartHost): Effect.Effect<unknown, PartFailure, Bridge | Scope.Scope>
}

/** All that the command line and the console need to know about a home. */
export interface Home<Settings = unknown, Plan = unknown> extends Part<Settings> {
  /** What the home should show, as plain data. `now` is in epoch seconds. */
  plan(household: Household, settings: Settings, now: number): Plan
  /** What the home shows of one device. */
  shows(descriptor: DeviceDescriptor, settings: Settings, household: Household): Shown
}

/** The form in which a home shows something. */
export type ShownAs =
  | "presence"
  | "button"
  | "battery"
  | "sensor"
  | "contact"
  | "custom"
  | "health"
  | "push"
  | "feature"
  | "text"

/** How many of each shape. */
export type Shown = Readonly<Partial<Record<ShownAs, number>>>

export const countShown = (shapes: ReadonlyArray<ShownAs>): Shown => {
  const counts: Partial<Record<ShownAs, number>> = {}
  for (const shape of shapes) counts[shape] = (counts[shape] ?? 0) + 1
  return counts
}
