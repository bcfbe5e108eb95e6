import type { Consumer, Household, Shown, SyncProgress, Trouble } from "@withings-bridge/core"

/** Everything the page shows except charts. It is small, so all of it is sent at each change. */
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
  /** null: no sign-in that was started here is in progress. */
  readonly signIn: SignInUnderWay | null
}

/** A sentence for the user, in every language of the page. */
export interface Sentence {
  readonly message: string
  readonly french: string
  readonly german: string
}

export interface SignInUnderWay {
  /** Empty for a new person. */
  readonly personName: string
  /** null while it is in progress. */
  readonly failure: Sentence | null
}

export interface SettingsState {
  /** The hub that this household follows; null: it has its own Withings application. */
  readonly hubUrl: string | null
  /** null: not entered yet. The secret itself never reaches the page. */
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
  /** Its name as a consumer of the household: "matter". */
  readonly name: string
  readonly title: string
  /** null: it does not run in this process, or has no address. */
  readonly address: string | null
}

/** By the id of a descriptor and the name of a home. */
export type Shows = Readonly<Record<string, Readonly<Record<string, Shown>>>>

export interface Pairing {
  /** The code to type in. */
  readonly code: string
  /** The QR code as an SVG document. */
  readonly qrSvg: string
  readonly paired: boolean
}

export interface MatterBridge {
  readonly code: string
  readonly qrSvg: string
  /** Until when another controller can be paired, epoch seconds; null: not now. */
  readonly windowUntil: number | null
  readonly controllers: ReadonlyArray<MatterController>
}

/** A controller that is paired with the bridge: a fabric, in the words of Matter. */
export interface MatterController {
  readonly index: number
  /** The name that it gave itself; often empty. */
  readonly label: string
  readonly vendor: string
}

/** One point of a chart: epoch seconds and the value in the kind's unit. */
export type ChartPoint = readonly [at: number, value: number]

/** Counts of a minute or less; charts show their sums by hour or day. */
export const summedKinds: ReadonlySet<string> = new Set([
  "intraday-steps",
  "intraday-calories",
  "intraday-distance",
  "intraday-elevation",
  "intraday-strokes",
  "intraday-pool-laps",
  "night-snoring",
  "night-breathing-sounds",
])
