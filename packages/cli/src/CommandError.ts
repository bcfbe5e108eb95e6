import { Data } from "effect"

/** Codes of refusals; docs/troubleshooting.md lists each with its remedy. */
export const commandCodes = [
  "app-missing",
  "app-not-started",
  "backup-failed",
  "config-wrong",
  "demo-not-running",
  "demo-running",
  "demo-settings",
  "device-unknown",
  "file-exists",
  "file-refused",
  "kind-unknown",
  "nobody-signed-in",
  "not-set-up",
  "person-unknown",
  "port-taken",
  "public-address",
  "service-unknown",
  "simulator-failed",
  "terminal-needed",
  "usage",
  "weighing-unknown",
] as const

export type CommandCode = (typeof commandCodes)[number]

/** A refusal of a command. The message says why, and what to do. */
export class CommandError extends Data.TaggedError("CommandError")<{
  readonly code: CommandCode
  readonly message: string
}> {
  constructor(code: CommandCode, message: string) {
    super({ code, message })
  }
}
