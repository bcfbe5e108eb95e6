import type { Part } from "@withings-bridge/core"
import { Effect, type Scope } from "effect"
import type { AppOptions, AppProcess } from "../app/AppProcess.ts"
import type { Reserved } from "../app/ports.ts"
import type { DemoSettings } from "./DemoSettings.ts"

/** What each part of the demo needs to start. */
export interface DemoPlace {
  /** Absolute path of the shared folder. */
  readonly home: string
  readonly settings: DemoSettings
  /** Reserved ports by purpose. */
  readonly reserved: ReadonlyMap<string, Reserved>
  /** The homes and the console that run in this process. */
  readonly parts: ReadonlyArray<Part>
  /** Whether everything listens on this machine only. */
  readonly loopback: boolean
  readonly start: (
    app: Pick<AppOptions, "name" | "title" | "script" | "args" | "env">,
  ) => Effect.Effect<AppProcess, never, Scope.Scope>
}

export const portOf = ({ reserved }: DemoPlace, name: string): number => reserved.get(name)?.port ?? 0

/** Releases ports, right before their programs listen on them. */
export const releasePorts = ({ reserved }: DemoPlace, ...names: ReadonlyArray<string>) =>
  Effect.forEach(names, (name) => reserved.get(name)?.release ?? Effect.void, { discard: true })
