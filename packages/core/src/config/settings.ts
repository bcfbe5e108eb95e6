import type { ShownValues } from "../measure/essential.ts"

/** What can be set, wherever it is set. One row a key: how to read it and what to say when it is wrong. */
export interface Setting<A> {
  readonly env: string
  /** Completes "… is wanted". */
  readonly wanted: string
  /** undefined: not what is wanted. */
  readonly read: (value: unknown) => A | undefined
  /** Its value must never be repeated in a message. */
  readonly secret?: true
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : undefined

/** Ids made of digits alone are numbers for YAML. */
const word = (value: unknown): string | undefined => (typeof value === "number" ? String(value) : text(value))

/** As it was written: Withings compares a callback address letter by letter, its last slash too. */
const address = (value: unknown): string | undefined => {
  const candidate = text(value)
  if (candidate === undefined || !URL.canParse(candidate)) return undefined
  return /^https?:$/.test(new URL(candidate).protocol) ? candidate : undefined
}

/** Paths are put behind it. */
const url = (value: unknown): string | undefined => address(value)?.replace(/\/+$/, "")

const postgresUrl = (value: unknown): string | undefined => {
  const candidate = text(value)
  return candidate !== undefined && /^postgres(ql)?:\/\//.test(candidate) && URL.canParse(candidate)
    ? candidate
    : undefined
}

const wholeNumber =
  (min: number, max: number) =>
  (value: unknown): number | undefined => {
    const number = typeof value === "string" && /^\d+$/.test(value.trim()) ? Number(value) : value
    return typeof number === "number" && Number.isInteger(number) && number >= min && number <= max
      ? number
      : undefined
  }

const yesOrNo = (value: unknown): boolean | undefined =>
  value === true || value === "true" ? true : value === false || value === "false" ? false : undefined

const shownValues = (value: unknown): ShownValues | undefined =>
  value === "essential" || value === "all" ? value : undefined

const names = (value: unknown): ReadonlyArray<string> | undefined => {
  const list = typeof value === "string" ? value.split(",") : value
  if (!Array.isArray(list)) return undefined
  const read = list.map(word)
  return read.every((name) => name !== undefined) ? read : undefined
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
  sign_requests: { env: "WITHINGS_SIGN_REQUESTS", wanted: "true or false", read: yesOrNo },
  store: {
    env: "WITHINGS_BRIDGE_STORE",
    wanted: "the address of a PostgreSQL database, postgres://user:password@host/name; nothing for a file",
    read: postgresUrl,
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
} satisfies Record<string, Setting<string | number | boolean | ReadonlyArray<string>>>

export type SettingKey = keyof typeof settings

export type SettingValues = {
  readonly [K in SettingKey]?: Exclude<ReturnType<(typeof settings)[K]["read"]>, undefined>
}

export const settingKeys = Object.keys(settings).filter((key): key is SettingKey => key in settings)
