import { parseArgs } from "node:util"
import { homedir } from "node:os"
import { join, resolve } from "node:path"
import { measureKinds } from "@withings-bridge/core"
import type { ContactCondition, ContactRule } from "./contactRule.ts"
import type { MatterChoices } from "./toMatter.ts"

/** All that can be told to this app; docs/matter.md describes each. */
export interface Settings {
  /** The folder shared with the other apps; Matter's own storage is `matter` in it. */
  readonly home: string
  readonly port: number
  /** Network interface to announce on; null: all. */
  readonly interface: string | null
  readonly ipv4: boolean
  readonly vendorId: number
  readonly productId: number
  readonly name: string
  readonly logLevel: string
  /** Minutes after which a measure is history and presses no button any more. */
  readonly announceWithin: number
  readonly choices: MatterChoices
}

export interface Invocation {
  /** `serve` when nothing else was asked for. */
  readonly command: string
  readonly operands: ReadonlyArray<string>
  readonly help: boolean
  readonly version: boolean
  readonly yes: boolean
  readonly flags: Readonly<Record<string, string | boolean | undefined>>
}

export class SettingsError extends Error {}

export const help = `withings-matter: Withings devices on any Matter controller

  withings-matter [serve]          run the bridge until Ctrl-C
  withings-matter pairing          show the QR code and the manual code
  withings-matter fabrics          list the controllers it is paired with
  withings-matter remove-fabric N  unpair one of them
  withings-matter open-window      let one more controller in, for 15 minutes
  withings-matter factory-reset    forget all controllers and codes (asks for --yes)

  --home DIR         folder shared with the other bridges   WITHINGS_BRIDGE_HOME       ~/.withings-bridge
  --port N           UDP port                               WITHINGS_MATTER_PORT       5540
  --interface NAME   announce on this interface only        WITHINGS_MATTER_INTERFACE  all
  --no-ipv4          IPv6 only                              WITHINGS_MATTER_IPV4=false
  --log-level LEVEL  debug, info, notice, warn, error       WITHINGS_MATTER_LOG_LEVEL  warn
  --vendor-id, --product-id                                 WITHINGS_MATTER_VENDOR_ID  0xfff1, 0x8000 (for tests)
  --version, --help

The same, and what is shown of whom, goes under "matter:" in <home>/config.yaml. See docs/matter.md.
`

export const parseInvocation = (args: ReadonlyArray<string>): Invocation => {
  const text = { type: "string" } as const
  const flag = { type: "boolean" } as const
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        home: text,
        port: text,
        interface: text,
        "no-ipv4": flag,
        "log-level": text,
        "vendor-id": text,
        "product-id": text,
        help: { ...flag, short: "h" },
        version: flag,
        yes: flag,
      },
    })
    const [command = "serve", ...operands] = positionals
    const { help = false, version = false, yes = false, ...flags } = values
    return { command, operands, help, version, yes, flags }
  } catch (error) {
    throw new SettingsError(`${error instanceof Error ? error.message : error} (--help lists all flags)`)
  }
}

export const homeOf = (invocation: Invocation, env: NodeJS.ProcessEnv): string =>
  resolve(
    String(invocation.flags["home"] ?? env["WITHINGS_BRIDGE_HOME"] ?? join(homedir(), ".withings-bridge")),
  )

const known = [
  "port",
  "interface",
  "ipv4",
  "vendor_id",
  "product_id",
  "name",
  "log_level",
  "announce_within",
  "body_temperature",
  "health",
  "contacts",
]

/**
 * A flag wins over the environment, that over `config.yaml`.
 * @param yaml the value under `matter:`, as parsed.
 */
export const settings = (invocation: Invocation, env: NodeJS.ProcessEnv, yaml: unknown): Settings => {
  const file = record(yaml ?? {}, "matter")
  const unknown = Object.keys(file).find((key) => !known.includes(key))
  if (unknown !== undefined)
    throw new SettingsError(`config.yaml: "matter.${unknown}" is not known. Known are ${known.join(", ")}.`)

  const first = (flag: string, variable: string, key: string): unknown =>
    invocation.flags[flag] ?? env[variable] ?? file[key]
  const number = (name: string, value: unknown, fallback: number, max: number) => {
    const parsed = value === undefined ? fallback : Number(value)
    if (Number.isInteger(parsed) && parsed >= 0 && parsed <= max) return parsed
    throw new SettingsError(`${name} must be a whole number from 0 to ${max}, not "${value}"`)
  }
  const ipv4 =
    invocation.flags["no-ipv4"] === true ? false : (env["WITHINGS_MATTER_IPV4"] ?? file["ipv4"] ?? true)
  const chosenInterface =
    first("interface", "WITHINGS_MATTER_INTERFACE", "interface") ?? env["MATTER_MDNS_NETWORKINTERFACE"]

  return {
    home: homeOf(invocation, env),
    port: number("port", first("port", "WITHINGS_MATTER_PORT", "port"), 5540, 65_535),
    interface: chosenInterface === undefined ? null : String(chosenInterface),
    ipv4: String(ipv4) !== "false",
    vendorId: number(
      "vendor-id",
      first("vendor-id", "WITHINGS_MATTER_VENDOR_ID", "vendor_id"),
      0xfff1,
      0xfff4,
    ),
    productId: number(
      "product-id",
      first("product-id", "WITHINGS_MATTER_PRODUCT_ID", "product_id"),
      0x8000,
      0xffff,
    ),
    name: String(file["name"] ?? "Withings Bridge").slice(0, 32),
    logLevel: String(first("log-level", "WITHINGS_MATTER_LOG_LEVEL", "log_level") ?? "warn"),
    announceWithin: number("matter.announce_within", file["announce_within"], 10, 1440),
    choices: {
      bodyTemperature: file["body_temperature"] === true,
      healthOf: list(file["health"] ?? [], "matter.health").map(String),
      contacts: list(file["contacts"] ?? [], "matter.contacts").map(contactRule),
    },
  }
}

const contactRule = (value: unknown, index: number): ContactRule => {
  const where = `matter.contacts[${index}]`
  const { person, kind, name, id, ...condition } = record(value, where)
  if (typeof person !== "string" || typeof kind !== "string")
    throw new SettingsError(
      `config.yaml: ${where} needs "person" (a name) and "kind" (a measure, like weight)`,
    )
  const [word, ...more] = Object.keys(condition)
  if (word === undefined || more.length > 0)
    throw new SettingsError(`config.yaml: ${where} needs exactly one of above, below, is, silent_for_days`)
  return {
    id: typeof id === "string" ? id : `${kind}/${word}`,
    name: typeof name === "string" ? name : `${person} ${kind} ${word}`,
    person,
    kind: measureKind(kind, `${where}.kind`),
    condition: conditionOf(word, condition[word], where),
  }
}

/** A rule on a misspelt measure would never hold, and nobody would know. Types without a name keep their number. */
const measureKind = (key: string, where: string): string => {
  if (Object.hasOwn(measureKinds, key) || /^meastype-\d+$/.test(key)) return key
  throw new SettingsError(`config.yaml: ${where}: there is no measure "${key}"; docs/measures.md lists all`)
}

const bounded = (bound: unknown, where: string): number | string | null => {
  if (typeof bound === "number") return bound
  return typeof bound === "string" ? measureKind(bound, where) : null
}

const conditionOf = (word: string, bound: unknown, where: string): ContactCondition => {
  if (word === "above" || word === "below") {
    const limit = bounded(bound, `${where}.${word}`)
    if (limit !== null) return word === "above" ? { above: limit } : { below: limit }
  }
  const verdicts: ReadonlyArray<unknown> = Array.isArray(bound) ? bound : [bound]
  if (word === "is" && verdicts.every((verdict) => typeof verdict === "number")) return { is: verdicts }
  if (word === "silent_for_days" && typeof bound === "number") return { silentForDays: bound }
  throw new SettingsError(
    `config.yaml: ${where}.${word}: one of above, below (a number or a measure), is (numbers of a verdict), silent_for_days (a number) is needed`,
  )
}

const record = (value: unknown, where: string): Readonly<Record<string, unknown>> => {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value }
  throw new SettingsError(`config.yaml: "${where}" must be a mapping`)
}

const list = (value: unknown, where: string): ReadonlyArray<unknown> => {
  if (Array.isArray(value)) return value
  throw new SettingsError(`config.yaml: "${where}" must be a list`)
}
