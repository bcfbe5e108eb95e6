import { type ConfigMistake, type FileSection, foundText } from "@withings-bridge/core"
import { homeOf, type Invocation } from "./invocation.ts"
import { languages } from "./endpointName.ts"
import { bedUnknowns, type MatterChoices } from "./toMatter.ts"

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
  /** Minutes after which what happened presses no button here any more; null: as in every home. */
  readonly announceWithin: number | null
  /** Rules as they were written before they held in every home; core reads them. */
  readonly hasOldContacts: boolean
  readonly choices: MatterChoices
}

/** A value, and where it was set. */
interface Found extends Pick<ConfigMistake, "source" | "key" | "line"> {
  readonly value: unknown
}

const known = [
  "port",
  "interface",
  "ipv4",
  "vendor_id",
  "product_id",
  "name",
  "log_level",
  "announce_within",
  "language",
  "bed_unknown",
  "body_temperature",
  "skin_temperature",
  "health",
  "contacts",
]
const logLevels = ["debug", "info", "notice", "warn", "error", "fatal"]

/**
 * A flag wins over the environment, that over `config.yaml`. Every mistake is told at once, and what is wrong stands as
 * if it had been left out.
 * @param file what stands under `matter:`
 */
export const settings = (
  invocation: Invocation,
  env: NodeJS.ProcessEnv,
  file: FileSection,
): { readonly settings: Settings; readonly mistakes: ReadonlyArray<ConfigMistake> } => {
  const mistakes: Array<ConfigMistake> = [...file.mistakes]
  const section = record(file.value ?? {})
  const tell = (path: ReadonlyArray<string | number>, found: string, wanted: string) =>
    mistakes.push({ source: file.name, line: file.lineOf(path), key: keyText(path), found, wanted })

  if (section === undefined) tell([], foundText(file.value), "a group of keys, like port: 5540")
  for (const key of Object.keys(section ?? {}))
    if (!known.includes(key)) tell([key], "an unknown key", `one of ${known.join(", ")}`)

  const inFile = (key: string): Found => ({
    source: file.name,
    line: file.lineOf([key]),
    key: keyText([key]),
    value: section?.[key],
  })
  const anywhere = (key: string): Found => {
    const flag = key.replaceAll("_", "-")
    const variable = `WITHINGS_MATTER_${key.toUpperCase()}`
    const given = invocation.flags[flag]
    if (given !== undefined) return { source: "the command line", line: null, key: `--${flag}`, value: given }
    // An empty value is one that was not filled in yet.
    return env[variable]
      ? { source: "the environment", line: null, key: variable, value: env[variable] }
      : inFile(key)
  }
  const read = <A>(
    { value, ...where }: Found,
    wanted: string,
    reader: (value: unknown) => A | undefined,
    fallback: A,
  ): A => {
    if (value === undefined || value === null || value === "") return fallback
    const found = reader(value)
    if (found === undefined) mistakes.push({ ...where, found: foundText(value), wanted })
    return found ?? fallback
  }
  const number = (found: Found, fallback: number, max: number) =>
    read(found, `a whole number, 0 to ${max}`, wholeNumber(max), fallback)
  const oneOf = <A>(found: Found, all: ReadonlyArray<A>, fallback: A) =>
    read(found, `one of ${all.join(", ")}`, (value) => all.find((one) => one === value), fallback)
  const isWanted = (found: Found, fallback: boolean) => read(found, "true or false", yesOrNo, fallback)

  const values: Settings = {
    home: homeOf(invocation, env),
    port: number(anywhere("port"), 5540, 65_535),
    interface: read(
      anywhere("interface"),
      "the name of a network interface",
      text,
      env["MATTER_MDNS_NETWORKINTERFACE"] ?? null,
    ),
    ipv4: isWanted(anywhere("ipv4"), true) && invocation.flags["no-ipv4"] !== true,
    vendorId: number(anywhere("vendor_id"), 0xfff1, 0xfff4),
    productId: number(anywhere("product_id"), 0x8000, 0xffff),
    name: read(inFile("name"), "a name", text, "Withings Bridge").slice(0, 32),
    logLevel: oneOf(anywhere("log_level"), logLevels, "warn"),
    announceWithin: read(inFile("announce_within"), "a whole number, 0 to 1440", wholeNumber(1440), null),
    hasOldContacts: inFile("contacts").value !== undefined,
    choices: {
      bodyTemperature: isWanted(inFile("body_temperature"), false),
      skinTemperature: isWanted(inFile("skin_temperature"), false),
      bedUnknown: oneOf(inFile("bed_unknown"), bedUnknowns, "clear"),
      language: oneOf(inFile("language"), languages, "en"),
      healthOf: read(inFile("health"), "a list of names, like [Ann]", names, []),
    },
  }
  return { settings: values, mistakes }
}

/** "matter.contacts[0].kind" */
const keyText = (path: ReadonlyArray<string | number>): string =>
  path.reduce<string>((key, part) => key + (typeof part === "number" ? `[${part}]` : `.${part}`), "matter")

/** Also from text, as flags and variables are, and as 0xfff1. */
const wholeNumber = (max: number) => (value: unknown) => {
  const number = typeof value === "string" ? Number(value) : value
  return typeof number === "number" && Number.isInteger(number) && number >= 0 && number <= max
    ? number
    : undefined
}

/** YAML takes `yes` for text: what is neither must not pass for false in silence. A variable is always text. */
const yesOrNo = (value: unknown) =>
  value === true || value === "true" ? true : value === false || value === "false" ? false : undefined

const text = (value: unknown) =>
  typeof value === "string" || typeof value === "number" ? String(value) : undefined

const list = (value: unknown): ReadonlyArray<unknown> | undefined =>
  Array.isArray(value) ? value : undefined

const names = (value: unknown) => {
  const found = list(value)?.map(text)
  return found?.every((name) => name !== undefined) ? found : undefined
}

const record = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined
