import { readFileSync } from "node:fs"
import { Effect } from "effect"
import { CommandError } from "../CommandError.ts"

export const backupFailed = (what: string) => (cause: unknown) =>
  new CommandError("backup-failed", `${what}: ${cause instanceof Error ? cause.message : String(cause)}`)

/** The first line of a file, without the space around it. */
export const readPassphrase = (path: string): Effect.Effect<string, CommandError> =>
  Effect.try({
    try: () => readFileSync(path, "utf8").split("\n")[0]?.trim() ?? "",
    catch: backupFailed(`${path} cannot be read`),
  }).pipe(
    Effect.filterOrFail(
      (passphrase) => passphrase !== "",
      () => new CommandError("backup-failed", `${path} holds no passphrase.`),
    ),
  )
