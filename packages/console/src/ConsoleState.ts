import type { Consumer, Household, Shown, SyncProgress, Trouble } from "@withings-bridge/core"

/** Everything the page shows, sent whole at each change: a household is small, charts are asked for apart. */
export interface ConsoleState {
  readonly household: Household
  readonly settings: SettingsState
  readonly sync: SyncState
  readonly homes: ReadonlyArray<HomeState>
  readonly shows: Shows
  /** null: no Homebridge with the plugin was found on this machine. */
  readonly homeKit: Pairing | null
  /** null: the Matter bridge does not run. */
  readonly matter: MatterBridge | null
  /** What is wrong now and what to do about it, the oldest first. */
  readonly troubles: ReadonlyArray<Trouble>
  /** null: none that was started here lately is still to end. */
  readonly signIn: SignInUnderWay | null
}

/** What the bridge says to the user, in every language of the page. */
export interface Sentence {
  readonly message: string
  readonly french: string
  readonly german: string
}

export interface SignInUnderWay {
  /** Empty: whoever signs in. */
  readonly personName: string
  /** null: it may still succeed. */
  readonly failure: Sentence | null
}

export interface SettingsState {
  /** Of the hub that is followed instead of Withings; null: the household has an application of its own. */
  readonly hubUrl: string | null
  /** null: not given yet. The secret itself never reaches the page. */
  readonly clientId: string | null
  readonly hasSecret: boolean
  readonly callbackUrl: string
  readonly profiles: ReadonlyArray<string>
  readonly home: string
  readonly webhookUrl: string | null
  readonly pollEverySeconds: number
}

export interface SyncState {
  readonly progress: ReadonlyArray<SyncProgress>
  readonly consumers: ReadonlyArray<Consumer>
}

/** A home as the pages know it. */
export interface HomeState {
  /** Under which it follows the household: "matter". */
  readonly name: string
  readonly title: string
  /** Where it answers; null: it does not run beside the console, or has no address. */
  readonly address: string | null
}

/** By the id of a descriptor and the name of a home. */
export type Shows = Readonly<Record<string, Readonly<Record<string, Shown>>>>

export interface Pairing {
  /** What people type in. */
  readonly code: string
  /** The QR code as an SVG document. */
  readonly qrSvg: string
  readonly paired: boolean
}

export interface MatterBridge {
  readonly code: string
  readonly qrSvg: string
  /** Until when the code lets one more controller in, epoch seconds; null: it lets none in now. */
  readonly windowUntil: number | null
  readonly controllers: ReadonlyArray<MatterController>
}

/** A home of another maker that the bridge is paired with, as Matter tells of it: a fabric. */
export interface MatterController {
  readonly index: number
  /** What it calls itself; often empty. */
  readonly label: string
  readonly vendor: string
}

/** One point of a chart: epoch seconds and the value in the kind's unit. */
export type ChartPoint = readonly [at: number, value: number]
