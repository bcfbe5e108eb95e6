import * as read from "./readSetting.ts"

/** What the platform's block in Homebridge's config.json says, defaults filled in. */
export interface Settings {
  readonly clientId: string | null
  readonly clientSecret: string | null
  readonly callbackUrl: string | null
  readonly home: string | null
  readonly people: ReadonlyArray<string>
  readonly pollMinutes: number | null
  readonly webhook: WebhookSetting | null
  /** Only for tests and demonstrations: another Withings than the real one. */
  readonly accountUrl: string | null
  readonly apiUrl: string | null
  readonly presence: boolean
  readonly anyoneInBed: boolean
  /** What Apple Home shows while a bed is unknown; `shared`: as `config.yaml` says, like every home. */
  readonly bedUnknown: (typeof bedUnknownChoices)[number]
  readonly batteries: boolean
  readonly buttons: boolean
  /** `shared`: as `config.yaml` says. `none` is this home's own: no custom characteristics at all. */
  readonly values: (typeof valueChoices)[number]
  readonly bodyTemperature: boolean
  /** ppm from which carbon dioxide is "abnormal". */
  readonly carbonDioxideAbove: number
  /** Classes of devices to show; empty for all. */
  readonly devices: ReadonlyArray<string>
  /** As it was written: see `ownRules`. */
  readonly rules: unknown
  readonly standIns: ReadonlyArray<StandIn>
  readonly language: (typeof languages)[number]
}

export interface WebhookSetting {
  readonly publicUrl: string
  readonly host: string | null
  readonly port: number | null
}

export interface StandIn {
  readonly measure: string
  readonly as: "lux" | "humidity"
  readonly person: string | null
}

export const bedUnknownChoices = ["shared", "unknown", "clear", "last", "occupied"] as const
export const valueChoices = ["shared", "essential", "all", "none"] as const
export const languages = ["en", "fr"] as const
export const shownClasses = [
  "scale",
  "blood-pressure-monitor",
  "sleep-monitor",
  "thermometer",
  "activity-tracker",
  "other",
  "person",
  "household",
] as const

const standIn = read.record<StandIn>({
  measure: read.text({ required: true }),
  as: read.oneOf(["lux", "humidity"] as const, null),
  person: read.optional(read.text({})),
})

const wholeWebhook = read.record<WebhookSetting>({
  publicUrl: read.url({ required: true }),
  host: read.optional(read.text({})),
  port: read.optional(read.number({ min: 1, max: 65_535, whole: true })),
})

/** The settings page leaves a group with nothing in it when webhooks are not wanted. */
const webhook: read.Reader<WebhookSetting> = (value, at, mistakes) =>
  read.isObject(value) && read.isUnset(value["publicUrl"]) ? undefined : wholeWebhook(value, at, mistakes)

const shownValues: read.TotalReader<Settings["values"]> = (value, at, mistakes) => {
  // What `essential` was called before there was one setting for all homes.
  if (value === "with-others") return "essential"
  return read.oneOf(valueChoices, "shared")(value, at, mistakes)
}

const readers: read.Readers<Settings> = {
  clientId: read.optional(read.text({})),
  clientSecret: read.optional(read.text({ secret: true })),
  callbackUrl: read.optional(read.url({})),
  home: read.optional(read.text({})),
  people: read.listOf(read.text({ required: true })),
  pollMinutes: read.optional(read.number({ min: 1, max: 1440, whole: true })),
  webhook: read.optional(webhook),
  accountUrl: read.optional(read.url({})),
  apiUrl: read.optional(read.url({})),
  presence: read.flag(true),
  anyoneInBed: read.flag(true),
  bedUnknown: read.oneOf(bedUnknownChoices, "shared"),
  batteries: read.flag(true),
  buttons: read.flag(true),
  values: shownValues,
  bodyTemperature: read.flag(false),
  carbonDioxideAbove: read.withDefault(read.number({ min: 400, max: 100_000 }), 1000),
  devices: read.listOf(read.oneOf(shownClasses, null)),
  rules: (value) => value ?? [],
  standIns: read.listOf(standIn),
  language: read.oneOf(languages, "en"),
}

/** Homebridge's own keys in a platform's block. */
const ofHomebridge = new Set(["platform", "name"])

/**
 * Reads the block. A setting that cannot be used is named with its reason and replaced by its default (an entry
 * of a list is left out), so that one slip does not take the bed's presence away.
 */
export const readSettings = (
  block: unknown,
): { readonly settings: Settings; readonly mistakes: ReadonlyArray<read.Mistake> } => {
  const mistakes: Array<read.Mistake> = []
  const given = read.isObject(block) ? block : {}
  const settings = read.fields(readers, given, "", mistakes)
  for (const key of Object.keys(given)) {
    if (!(key in readers) && !ofHomebridge.has(key) && !key.startsWith("_")) {
      mistakes.push({ setting: key, reason: "is not known to this plugin" })
    }
  }
  return { settings, mistakes }
}
