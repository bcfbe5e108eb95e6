import type { Part } from "@withings-bridge/core"
import type { Effect, Scope } from "effect"
import type { AppOptions, AppProcess } from "../app/AppProcess.ts"
import type { Reserved } from "../app/ports.ts"
import type { DemoSettings } from "./DemoSettings.ts"

/** What each part of the demo needs to start. */
export interface DemoPlace {
  /** Absolute path of the folder that all share. */
  readonly home: string
  readonly settings: DemoSettings
  /** Ports that are kept for this demo, by what they are for. */
  readonly reserved: ReadonlyMap<string, Reserved>
  /** The homes and the console that run in this process. */
  readonly parts: ReadonlyArray<Part>
  /** True: nothing listens beyond this machine. */
  readonly loopback: boolean
  readonly start: (
    app: Pick<AppOptions, "name" | "title" | "script" | "args" | "env">,
  ) => Effect.Effect<AppProcess, never, Scope.Scope>
}
