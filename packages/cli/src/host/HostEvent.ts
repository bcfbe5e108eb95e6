import type { AppReady, HostedName, Level } from "./appLine.ts"

/** What happens while apps are hosted; `--json` prints each as it is. */
export type HostEvent =
  | { readonly type: "starting"; readonly home: string; readonly apps: ReadonlyArray<HostedName> }
  | {
      readonly type: "ready"
      readonly app: HostedName
      readonly ready: AppReady
      /** Whether it was ready before, and had ended. */
      readonly again: boolean
      /** Of the Matter bridge: who controls it. */
      readonly controllers?: ReadonlyArray<string>
    }
  | {
      readonly type: "message"
      readonly app: HostedName
      readonly level: Level
      readonly text: string
    }
  /** What is best done next. */
  | { readonly type: "hint"; readonly text: string }
  /** Who controls the Matter bridge now. */
  | { readonly type: "controllers"; readonly app: "matter"; readonly controllers: ReadonlyArray<string> }
  /** An app has ended, and is started again after so many seconds; null: it never was ready, and nothing goes on. */
  | {
      readonly type: "ended"
      readonly app: HostedName
      readonly how: string
      readonly again: number | null
    }
  | { readonly type: "stopped" }

export type Tell = (event: HostEvent) => void

export const titles: Readonly<Record<HostedName, string>> = {
  matter: "The Matter bridge",
  gladys: "The Gladys bridge",
  console: "The console",
}
