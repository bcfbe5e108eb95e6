import type { Effect } from "effect"

export interface ConsoleOptions {
  /** The folder of the household. */
  readonly home: string
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** The address behind a reverse proxy, such as `https://bridge.example`. */
  readonly publicUrl?: string | undefined
  /** Where the Gladys bridge answers, if it runs beside the console. */
  readonly gladysUrl?: string | undefined
  /** Done once, as soon as the page can be opened. */
  readonly onListening?: Effect.Effect<void> | undefined
  /** New keys count for the core only when it is built again; done after the answer that they are saved. */
  readonly onSettingsSaved?: Effect.Effect<void> | undefined
}
