import { Schema } from "effect"

export type HostedName = "gladys" | "console" | "matter"

/** What the Matter bridge says of itself when it is up. */
const MatterReady = Schema.parseJson(
  Schema.Struct({
    qrPairingCode: Schema.String,
    manualPairingCode: Schema.String,
    port: Schema.Number,
    commissioned: Schema.Boolean,
  }),
)

/** Where an app that is up is found: on the web, or by a controller. */
export type AppReady = { readonly address: string } | typeof MatterReady.Type

/** What one line that an app prints tells; null: nothing for whoever watches. */
type Told =
  | { readonly type: "ready"; readonly ready: AppReady }
  | { readonly type: "message"; readonly level: Level; readonly text: string }

export type Level = "info" | "warning" | "error"

const addresses = [/^The console of Withings Bridge: (\S+)$/u, /^Withings bridge for Gladys: (\S+)/u]
const matterReady = /^withings-matter ready (\{.*\})$/u
/** The codes come with the ready line as well, and are shown from that. */
const matterCodes = /^(?:[\s▀▄█\u2800]*|Manual code .*)$/u
/** `2026-11-21 09:30:00 Warning: …`: a line of an app's log. */
const appLog = /^(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d (?:(Warning|Error): )?(.*)$/u
/** `2026-11-21 09:30:00.123 WARN  MdnsServer …`: a line of matter.js' log. */
const matterLog = /^\d{4}-\d\d-\d\d \S+ (DEBUG|INFO|NOTICE|WARN|ERROR|FATAL)\s+(.*)$/u

const levels: Readonly<Record<string, Level>> = {
  Warning: "warning",
  WARN: "warning",
  Error: "error",
  ERROR: "error",
  FATAL: "error",
}

/** Reads one line, without colours, as the app prints it when it runs alone. */
export const readAppLine = (line: string): Told | null => {
  for (const pattern of addresses) {
    const [, address] = pattern.exec(line) ?? []
    if (address !== undefined) return { type: "ready", ready: { address } }
  }
  const [, ready] = matterReady.exec(line) ?? []
  if (ready !== undefined) return { type: "ready", ready: Schema.decodeSync(MatterReady)(ready) }
  if (matterCodes.test(line)) return null
  const [, level = "", said] = appLog.exec(line) ?? []
  if (said !== undefined) return { type: "message", level: levels[level] ?? "info", text: said }
  const [, matterLevel = "", text = ""] = matterLog.exec(line) ?? []
  if (matterLevel !== "") return { type: "message", level: levels[matterLevel] ?? "info", text }
  const [, failure] = /^✗ (.*)$/u.exec(line) ?? []
  return failure === undefined
    ? { type: "message", level: "info", text: line }
    : { type: "message", level: "error", text: failure }
}
