import type { WeightRange } from "../measure/weightRange.ts"
import { bedUnknowns, type OwnBed } from "../rule/BedChoices.ts"
import type { MistakeIn } from "./MistakeIn.ts"
import { bedMistakes, ownBeds } from "./ownBeds.ts"
import {
  address,
  addressOf,
  guideline,
  names,
  oneOf,
  type Reader,
  shownValues,
  text,
  url,
  weightRanges,
  wholeNumber,
  word,
  yesOrNo,
} from "./readers.ts"

/** One setting: how to read it and what to say when it is wrong. */
export interface Setting<A> {
  /** Environment variable; left out: only the file can set it. */
  readonly env?: string
  /** Completes "… is wanted". */
  readonly wanted: string
  readonly read: Reader<A>
  /** The mistakes within a list or a group; left out: only the value as a whole can be wrong. */
  readonly mistakesIn?: (value: unknown) => ReadonlyArray<MistakeIn>
  /** Meaning, in Markdown, for docs/settings.md and for editors. Left out: `wanted` is enough. */
  readonly about?: string
  /** The default, in Markdown. */
  readonly usual?: string
  /** Its value must never be repeated in a message. */
  readonly secret?: true
}

const wholeNumberOf = (what: string, min: number, max: number) => ({
  wanted: `a whole number of ${what}, ${min} to ${max}`,
  read: wholeNumber(min, max),
})

export const settings = {
  client_id: {
    env: "WITHINGS_CLIENT_ID",
    wanted: "the client id of your application at developer.withings.com, as text",
    read: word,
    about: "the client id of your application at [developer.withings.com](https://developer.withings.com)",
    usual: "none: apps start and say that they are not set up",
  },
  client_secret: {
    env: "WITHINGS_CLIENT_SECRET",
    wanted: "the client secret of the same application, as text",
    read: word,
    secret: true,
    about: "the client secret of the same application",
  },
  profiles: {
    env: "WITHINGS_PROFILES",
    wanted: "a list of names, one for each person",
    read: names,
    about: "names of the persons, in the order they will sign in; in the environment separated by commas",
  },
  callback_url: {
    env: "WITHINGS_CALLBACK_URL",
    wanted: "the callback address registered at developer.withings.com, beginning with http:// or https://",
    read: address,
    about: "the callback address registered there, letter by letter",
    usual: "`http://localhost:7333/callback`",
  },
  poll_every: {
    env: "WITHINGS_POLL_EVERY",
    ...wholeNumberOf("seconds", 1, 86_400),
    about: "seconds between two questions for what is new, 1 to 86400",
    usual: "`300`",
  },
  intraday_days: {
    env: "WITHINGS_INTRADAY_DAYS",
    ...wholeNumberOf("days", 0, 30),
    about: "days for which the minutes of days and nights are kept, 0 to 30; 0: they are not read at all",
    usual: "`2`",
  },
  values: {
    env: "WITHINGS_VALUES",
    wanted: "essential (about a dozen values for each device) or all",
    read: shownValues,
    about:
      "`essential`: homes show about a dozen values of each device, those [marked so](measures.md), and the lists of the console and of `withings-bridge devices` and `measures` begin with them; `all`: every value. What an app's own configuration says holds for that home",
    usual: "`essential`",
  },
  bed_occupied_after: {
    env: "WITHINGS_BED_OCCUPIED_AFTER",
    ...wholeNumberOf("seconds", 0, 3600),
    about: "seconds for which someone has to lie in bed before every home says so, 0 to 3600 ([beds](#beds))",
    usual: "`0`",
  },
  bed_clear_after: {
    env: "WITHINGS_BED_CLEAR_AFTER",
    ...wholeNumberOf("seconds", 0, 3600),
    about:
      "seconds for which a bed has to be empty before every home says so, 0 to 3600: a visit to the bathroom then changes nothing",
    usual: "`0`",
  },
  bed_unknown: {
    env: "WITHINGS_BED_UNKNOWN",
    wanted: `one of ${bedUnknowns.join(", ")}`,
    read: oneOf(bedUnknowns),
    about: "what every home shows while nothing is known of a bed: `unknown`, `clear`, `last` or `occupied`",
    usual: "`unknown`",
  },
  beds: {
    env: "WITHINGS_BEDS",
    wanted: "a list of beds, like [{bed: Ann, occupied_after: 60}]; in the environment as JSON",
    read: ownBeds,
    mistakesIn: bedMistakes,
    about: "what differs for one bed: a list, in the environment as JSON",
  },
  keep_missing_days: {
    env: "WITHINGS_KEEP_MISSING_DAYS",
    ...wholeNumberOf("days", 0, 365),
    about: "days for which homes keep a device that Withings no longer lists, 0 to 365",
    usual: "`7`",
  },
  blood_pressure_guideline: {
    env: "WITHINGS_BLOOD_PRESSURE_GUIDELINE",
    wanted: "esc-2024 or acc-aha-2017",
    read: guideline,
    about: "the guideline by whose ranges a week of blood pressure is classed: `esc-2024` or `acc-aha-2017`",
    usual: "`esc-2024`",
  },
  weight_ranges: {
    env: "WITHINGS_WEIGHT_RANGES",
    wanted: "a list of names with a range of kilograms each: [Ann 55-70, Ben 75-95]",
    read: weightRanges,
    about:
      "for each person a range of kilograms, `[Ann 55-70, Ben 75-95]`: a weighing that Withings could not attribute goes to the one person whose range it is in ([several people](several-people.md)); in the environment separated by commas",
  },
  announce_within: {
    env: "WITHINGS_ANNOUNCE_WITHIN",
    ...wholeNumberOf("minutes", 0, 1440),
    about:
      "minutes for which something that happened counts as happening now: later it presses no button and starts no scene. A night counts for 12 hours",
    usual: "`10`",
  },
  sign_requests: {
    env: "WITHINGS_SIGN_REQUESTS",
    wanted: "true or false",
    read: yesOrNo,
    about: "sign requests for tokens with a nonce rather than send the secret along",
    usual: "`false`",
  },
  "webhook.public_url": {
    env: "WITHINGS_WEBHOOK_PUBLIC_URL",
    wanted: "the address by which Withings reaches this machine, beginning with https://",
    read: url,
    about: "where Withings reaches this machine: see [webhooks](webhooks.md)",
    usual: "none: everything but presence in bed comes by polling",
  },
  "webhook.host": {
    env: "WITHINGS_WEBHOOK_HOST",
    wanted: "a host name or address to listen on",
    read: text,
    about: "address that the receiver listens on",
    usual: "`127.0.0.1`",
  },
  "webhook.port": {
    env: "WITHINGS_WEBHOOK_PORT",
    wanted: "a port, 0 to 65535",
    read: wholeNumber(0, 65_535),
    about: "its port",
    usual: "`7334`",
  },
  store: {
    env: "WITHINGS_BRIDGE_STORE",
    wanted: "the address of a PostgreSQL database, postgres://user:password@host/name; nothing for a file",
    read: addressOf("^postgres(ql)?://"),
    secret: true,
    about: "a PostgreSQL database, `postgres://user:password@host/name`",
    usual: "a file, `bridge.db` in the home folder",
  },
  telemetry: {
    env: "OTEL_EXPORTER_OTLP_ENDPOINT",
    wanted: "the address of an OpenTelemetry collector, http://localhost:4318",
    read: address,
    about: "an OpenTelemetry collector, `http://localhost:4318`: see [monitoring](monitoring.md)",
    usual: "none: nothing is sent",
  },
  account_url: {
    env: "WITHINGS_ACCOUNT_URL",
    wanted: "an address beginning with https://",
    read: url,
    about: "where people sign in; another one only for tests",
    usual: "`https://account.withings.com`",
  },
  api_url: {
    env: "WITHINGS_API_URL",
    wanted: "an address beginning with https://",
    read: url,
    about: "where measures come from; another one only for tests",
    usual: "`https://wbsapi.withings.net`",
  },
  "hub.url": {
    env: "WITHINGS_HUB_URL",
    wanted: "the address of a hub, beginning with https://",
    read: url,
    about: "a [hub](hub.md) to follow instead of Withings. Then nothing else is needed",
  },
  "hub.key": {
    env: "WITHINGS_HUB_KEY",
    wanted: "the key that the hub gave to this household",
    read: word,
    secret: true,
    about: "the key that the hub gave to this household",
  },
} satisfies Record<string, Setting<string | number | boolean | ReadonlyArray<string | WeightRange | OwnBed>>>

export type SettingsTable = Readonly<Record<string, Setting<unknown>>>

/** The values read by a table, without keys that were not set. */
export type ValuesOf<T extends SettingsTable> = {
  readonly [K in keyof T]?: Exclude<ReturnType<T[K]["read"]>, undefined>
}

export type SettingKey = keyof typeof settings

export type SettingValues = ValuesOf<typeof settings>

export const settingKeys = Object.keys(settings).filter((key): key is SettingKey => key in settings)
