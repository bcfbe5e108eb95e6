import type { WeightRange } from "../measure/weightRange.ts"
import { bedUnknowns, type OwnBed } from "../rule/BedChoices.ts"
import type { MistakeIn } from "./MistakeIn.ts"
import { bedMistakes, ownBeds } from "./ownBeds.ts"
import {
  address,
  guideline,
  names,
  oneOf,
  postgresUrl,
  shownValues,
  text,
  url,
  weightRanges,
  wholeNumber,
  word,
  yesOrNo,
} from "./readers.ts"

/** What can be set, wherever it is set. One row a key: how to read it and what to say when it is wrong. */
export interface Setting<A> {
  /** null: it is set in the file only. */
  readonly env: string | null
  /** Completes "… is wanted". */
  readonly wanted: string
  /** undefined: not what is wanted. */
  readonly read: (value: unknown) => A | undefined
  /** What exactly is wrong in a value that is a list or a group; left out: the value as a whole. */
  readonly mistakesIn?: (value: unknown) => ReadonlyArray<MistakeIn>
  /** Its value must never be repeated in a message. */
  readonly secret?: true
}

export const settings = {
  client_id: {
    env: "WITHINGS_CLIENT_ID",
    wanted: "the client id of your application at developer.withings.com, as text",
    read: word,
  },
  client_secret: {
    env: "WITHINGS_CLIENT_SECRET",
    wanted: "the client secret of the same application, as text",
    read: word,
    secret: true,
  },
  profiles: {
    env: "WITHINGS_PROFILES",
    wanted: "a list of names, one for each person",
    read: names,
  },
  callback_url: {
    env: "WITHINGS_CALLBACK_URL",
    wanted: "the callback address registered at developer.withings.com, beginning with http:// or https://",
    read: address,
  },
  account_url: { env: "WITHINGS_ACCOUNT_URL", wanted: "an address beginning with https://", read: url },
  api_url: { env: "WITHINGS_API_URL", wanted: "an address beginning with https://", read: url },
  poll_every: {
    env: "WITHINGS_POLL_EVERY",
    wanted: "a whole number of seconds, 1 to 86400",
    read: wholeNumber(1, 86_400),
  },
  keep_missing_days: {
    env: "WITHINGS_KEEP_MISSING_DAYS",
    wanted: "a whole number of days, 0 to 365",
    read: wholeNumber(0, 365),
  },
  intraday_days: {
    env: "WITHINGS_INTRADAY_DAYS",
    wanted: "a whole number of days, 0 to 30",
    read: wholeNumber(0, 30),
  },
  values: {
    env: "WITHINGS_VALUES",
    wanted: "essential (about a dozen values for each device) or all",
    read: shownValues,
  },
  bed_occupied_after: {
    env: "WITHINGS_BED_OCCUPIED_AFTER",
    wanted: "a whole number of seconds, 0 to 3600",
    read: wholeNumber(0, 3600),
  },
  bed_clear_after: {
    env: "WITHINGS_BED_CLEAR_AFTER",
    wanted: "a whole number of seconds, 0 to 3600",
    read: wholeNumber(0, 3600),
  },
  bed_unknown: {
    env: "WITHINGS_BED_UNKNOWN",
    wanted: `one of ${bedUnknowns.join(", ")}`,
    read: oneOf(bedUnknowns),
  },
  beds: {
    env: "WITHINGS_BEDS",
    wanted: "a list of beds, like [{bed: Ann, occupied_after: 60}]; in the environment as JSON",
    read: ownBeds,
    mistakesIn: bedMistakes,
  },
  announce_within: {
    env: "WITHINGS_ANNOUNCE_WITHIN",
    wanted: "a whole number of minutes, 0 to 1440",
    read: wholeNumber(0, 1440),
  },
  blood_pressure_guideline: {
    env: "WITHINGS_BLOOD_PRESSURE_GUIDELINE",
    wanted: "esc-2024 or acc-aha-2017",
    read: guideline,
  },
  weight_ranges: {
    env: "WITHINGS_WEIGHT_RANGES",
    wanted: "a list of names with a range of kilograms each: [Ann 55-70, Ben 75-95]",
    read: weightRanges,
  },
  sign_requests: { env: "WITHINGS_SIGN_REQUESTS", wanted: "true or false", read: yesOrNo },
  store: {
    env: "WITHINGS_BRIDGE_STORE",
    wanted: "the address of a PostgreSQL database, postgres://user:password@host/name; nothing for a file",
    read: postgresUrl,
    secret: true,
  },
  telemetry: {
    env: "OTEL_EXPORTER_OTLP_ENDPOINT",
    wanted: "the address of an OpenTelemetry collector, http://localhost:4318",
    read: address,
  },
  "hub.url": { env: "WITHINGS_HUB_URL", wanted: "the address of a hub, beginning with https://", read: url },
  "hub.key": {
    env: "WITHINGS_HUB_KEY",
    wanted: "the key that the hub gave to this household",
    read: word,
    secret: true,
  },
  "webhook.public_url": {
    env: "WITHINGS_WEBHOOK_PUBLIC_URL",
    wanted: "the address by which Withings reaches this machine, beginning with https://",
    read: url,
  },
  "webhook.host": { env: "WITHINGS_WEBHOOK_HOST", wanted: "a host name or address to listen on", read: text },
  "webhook.port": {
    env: "WITHINGS_WEBHOOK_PORT",
    wanted: "a port, 0 to 65535",
    read: wholeNumber(0, 65_535),
  },
} satisfies Record<string, Setting<string | number | boolean | ReadonlyArray<string | WeightRange | OwnBed>>>

export type SettingsTable = Readonly<Record<string, Setting<unknown>>>

/** What was read of a table; a key that nobody set is missing. */
export type ValuesOf<T extends SettingsTable> = {
  readonly [K in keyof T]?: Exclude<ReturnType<T[K]["read"]>, undefined>
}

export type SettingKey = keyof typeof settings

export type SettingValues = ValuesOf<typeof settings>

export const settingKeys = Object.keys(settings).filter((key): key is SettingKey => key in settings)
