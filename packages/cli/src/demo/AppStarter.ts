import type { FileSystem } from "@effect/platform"
import type { PlatformError } from "@effect/platform/Error"
import type { Effect, Scope } from "effect"
import type { AppOptions, AppProcess } from "../app/AppProcess.ts"
import type { CommandError } from "../CommandError.ts"
import type { DemoSettings } from "./DemoSettings.ts"

/** What every process of the demo is given to start with. */
export interface DemoPlace {
  /** Absolute path of the folder that all processes share. */
  readonly home: string
  readonly settings: DemoSettings
  /** True: nothing listens beyond this machine. */
  readonly loopback: boolean
  readonly start: (
    app: Pick<AppOptions, "name" | "title" | "command" | "env">,
  ) => Effect.Effect<AppProcess, never, Scope.Scope>
}

export type AppStarter = (
  place: DemoPlace,
) => Effect.Effect<AppProcess, CommandError | PlatformError, Scope.Scope | FileSystem.FileSystem>
