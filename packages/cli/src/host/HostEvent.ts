import type { Access, Part } from "@withings-bridge/core"

export type Level = "info" | "warning" | "error"

type Named = Pick<Part, "name" | "title">

/** Events of `run`; `--json` prints them. */
export type HostEvent =
  | { readonly type: "starting"; readonly home: string; readonly apps: ReadonlyArray<string> }
  /** A part is up; `again`: after it had ended. */
  | { readonly type: "ready"; readonly app: Named; readonly access: Access; readonly again: boolean }
  | { readonly type: "message"; readonly app: Named; readonly level: Level; readonly text: string }
  /** What to do next. */
  | { readonly type: "hint"; readonly text: string }
  /** The controllers of a part have changed. */
  | { readonly type: "controllers"; readonly app: Named; readonly controllers: ReadonlyArray<string> }
  /** A part has ended and starts again after so many seconds. */
  | { readonly type: "ended"; readonly app: Named; readonly how: string; readonly again: number }
  | { readonly type: "stopped" }

export type Tell = (event: HostEvent) => void

/** The source of messages that belong to no part. */
export const core: Named = { name: "core", title: "Core" }
