import type { Effect, Scope } from "effect"
import type { Bridge } from "../Bridge.ts"
import type { BridgeConfig } from "../BridgeConfig.ts"
import type { ConfigMistake } from "../config/readSettings.ts"
import type { FileSection } from "../config/configFile.ts"
import type { SettingsTable } from "../config/settings.ts"
import type { DeviceDescriptor } from "../device/DeviceDescriptor.ts"
import type { Household } from "../device/Household.ts"

/** Where the settings of a part come from. Flags win over the environment, that over `config.yaml`. */
export interface PartSources {
  /** The home folder. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The section of `config.yaml` that has the part's name. */
  readonly file: FileSection
  /** What was typed behind the command, by the keys of the table. */
  readonly flags?: Readonly<Record<string, unknown>>
}

export interface ReadPart<Settings> {
  /** What is wrong stands as if it had been left out. */
  readonly settings: Settings
  readonly mistakes: ReadonlyArray<ConfigMistake>
}

/** The settings of a part: one row each, and how they are read. */
export interface PartSettings<Settings> {
  /** Empty: they stand in another program's configuration. */
  readonly table: SettingsTable
  readonly read: (sources: PartSources) => ReadPart<Settings>
}

/** A port that a part listens on. */
export interface PartPort {
  readonly port: number
  readonly protocol: "tcp" | "udp"
  /** What to do when another program has it. */
  readonly remedy: string
}

/** How people reach a part that is up. */
export interface Access {
  /** What a browser opens; null: nothing. */
  readonly address: string | null
  /** An address that signs in whoever opens it, for a terminal and never for a log. */
  readonly privateAddress?: string
  /** The code that pairs it with a controller, and the controllers it is paired with. */
  readonly pairing?: Pairing
}

export interface Pairing {
  /** What a phone scans. */
  readonly qr: string
  /** What people type. */
  readonly code: string
  readonly controllers: ReadonlyArray<string>
}

/** What a part is given by the process that runs it. */
export interface PartHost {
  readonly config: BridgeConfig
  /** Says that the part is up, and how to reach it. Called again when that changes. */
  readonly show: (access: Access) => Effect.Effect<void>
  /** How to reach the parts that are up, by name. */
  readonly accesses: Effect.Effect<ReadonlyMap<string, Access>>
  /** Starts the core and all parts again, with what `config.yaml` says now. */
  readonly restart: Effect.Effect<void>
  /** The same, with work to do in between, while this process has nothing of the home folder open. */
  readonly restartAfter: (work: Effect.Effect<void>) => Effect.Effect<void>
}

/** Why a part could not start or go on, as a sentence. */
export interface PartFailure {
  readonly message: string
}

/**
 * Something that runs beside others in one process, over one core: a home, or the console. Its functions are methods,
 * so that parts with different settings stand in one list; the settings they are given are those they have read.
 */
export interface Part<Settings = unknown> {
  /** Its flag and its section in `config.yaml`, and the name under which it follows the household: "matter". */
  readonly name: string
  /** How people call it: "Matter". */
  readonly title: string
  /** What it is, for help texts: "The Matter bridge, for any Matter controller". */
  readonly about: string
  readonly settings: PartSettings<Settings>
  ports(settings: Settings): ReadonlyArray<PartPort>
  /** Files and folders that it keeps in the home folder. */
  readonly keeps: ReadonlyArray<string>
  /** Until it is interrupted or fails. Left out: another program runs it. */
  run?(settings: Settings, host: PartHost): Effect.Effect<unknown, PartFailure, Bridge | Scope.Scope>
}

/** Somewhere that shows the household: one value says all that the command line and the console have to know of it. */
export interface Home<Settings = unknown, Plan = unknown> extends Part<Settings> {
  /** What the home is to show of a household, as plain data. `now` is in epoch seconds. */
  plan(household: Household, settings: Settings, now: number): Plan
  /** What the home shows of one device. */
  shows(descriptor: DeviceDescriptor, settings: Settings, household: Household): Shown
}

/** In which shape a home shows something. */
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
