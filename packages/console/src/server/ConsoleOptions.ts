import type { Home, PartHost } from "@withings-bridge/core"

export interface ConsoleOptions extends Pick<PartHost, "accesses" | "restart"> {
  /** The folder of the household. */
  readonly home: string
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** The address behind a reverse proxy, such as `https://bridge.example`. */
  readonly publicUrl: string | undefined
  /** Whatever the household may be shown in. */
  readonly homes: ReadonlyArray<Home>
}
