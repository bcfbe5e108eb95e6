import type { Access, Part } from "@withings-bridge/core"

export type Level = "info" | "warning" | "error"

type Named = Pick<Part, "name" | "title">

/** What happens while parts run in this process; `--json` prints each, with the name of its part. */
export type HostEvent =
  | { readonly type: "starting"; readonly home: string; readonly apps: ReadonlyArray<string> }
  /** A part is up; again: it had been up before, and ended. */
  | { readonly type: "ready"; readonly app: Named; readonly access: Access; readonly again: boolean }
  | { readonly type: "message"; readonly app: Named; readonly level: Level; readonly text: string }
  /** What is best done next. */
  | { readonly type: "hint"; readonly text: string }
  /** Who controls a part now. */
  | { readonly type: "controllers"; readonly app: Named; readonly controllers: ReadonlyArray<string> }
  /** A part has ended, and is started again after so many seconds. */
  | { readonly type: "ended"; readonly app: Named; readonly how: string; readonly again: number }
  | { readonly type: "stopped" }

export type Tell = (event: HostEvent) => void

/** What no part says says the core. */
export const core: Named = { name: "core", title: "Core" }
