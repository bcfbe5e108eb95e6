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
/** `timestamp=… level=WARN fiber=#1 message="…" cause="…"`: a line of Effect's log. */
const effectLog = /^timestamp=\S+ level=(\w+) fiber=\S* /u
/** `2026-11-21 09:30:00.123 WARN  MdnsServer …`: a line of matter.js' log. */
const matterLog = /^\d{4}-\d\d-\d\d \S+ (DEBUG|INFO|NOTICE|WARN|ERROR|FATAL)\s+(.*)$/u

const levels: Readonly<Record<string, Level>> = {
  WARN: "warning",
  ERROR: "error",
  FATAL: "error",
}

const ofLog = (line: string, key: string): ReadonlyArray<string> =>
  [...line.matchAll(new RegExp(String.raw` ${key}=("(?:[^"\\]|\\.)*"|\S*)`, "gu"))].map(([, value = ""]) =>
    value.startsWith('"') ? unquoted(value) : value,
  )

const unquoted = (value: string): string => {
  try {
    return String(JSON.parse(value))
  } catch {
    return value.slice(1, -1)
  }
}

/** Its cause may be a whole stack: the first line says what it was. */
const sentenceOf = (line: string): string => {
  const [cause = ""] = ofLog(line, "cause")
  const [why = ""] = cause.split("\n")
  const text = ofLog(line, "message").join(" ")
  return why === "" ? text : `${text} (${why})`
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
  const [, level = ""] = effectLog.exec(line) ?? []
  if (level !== "") return { type: "message", level: levels[level] ?? "info", text: sentenceOf(line) }
  const [, matterLevel = "", text = ""] = matterLog.exec(line) ?? []
  if (matterLevel !== "") return { type: "message", level: levels[matterLevel] ?? "info", text }
  const [, failure] = /^✗ (.*)$/u.exec(line) ?? []
  return failure === undefined
    ? { type: "message", level: "info", text: line }
    : { type: "message", level: "error", text: failure }
}
