import { bedUnknowns, languages, type PartSources, readSection, settingReaders } from "@withings-bridge/core"
import type { MatterChoices } from "./toMatter.ts"

const { oneOf, shaped, text, wholeNumber, yesOrNo } = settingReaders

/** As the specification writes vendor ids: 0xfff1. */
const idNumber = (max: number) =>
  shaped({ type: ["integer", "string"] }, (value) =>
    wholeNumber(0, max)(typeof value === "string" && /^0x[\da-f]+$/i.test(value) ? Number(value) : value),
  )

const nameList = shaped({ type: "array", items: { type: ["string", "number"] } }, (value) =>
  Array.isArray(value) ? settingReaders.names(value) : undefined,
)

const logLevels = ["debug", "info", "notice", "warn", "error", "fatal"]

/** The section `matter` of config.yaml. */
export const table = {
  port: {
    env: "WITHINGS_MATTER_PORT",
    wanted: "a port, 0 to 65535",
    read: wholeNumber(0, 65_535),
    about: "its port; Alexa finds bridges on 5540 only",
    usual: "`5540`",
  },
  interface: {
    env: "WITHINGS_MATTER_INTERFACE",
    wanted: "the name of a network interface",
    read: text,
    about: "the network interface to announce on: `eth0`",
    usual: "all of them",
  },
  ipv4: {
    env: "WITHINGS_MATTER_IPV4",
    wanted: "true or false",
    read: yesOrNo,
    about: "`false`: IPv6 only",
    usual: "`true`",
  },
  vendor_id: {
    env: "WITHINGS_MATTER_VENDOR_ID",
    wanted: "a whole number, 0 to 65524",
    read: idNumber(0xfff4),
    about: "the vendor id of Matter, for those who have one",
    usual: "`0xfff1`, for tests",
  },
  product_id: {
    env: "WITHINGS_MATTER_PRODUCT_ID",
    wanted: "a whole number, 0 to 65535",
    read: idNumber(0xffff),
    about: "the product id of Matter",
    usual: "`0x8000`, for tests",
  },
  name: {
    wanted: "a name",
    read: settingReaders.word,
    about: "the name of the bridge, up to 32 letters",
    usual: "`Withings Bridge`",
  },
  log_level: {
    env: "WITHINGS_MATTER_LOG_LEVEL",
    wanted: `one of ${logLevels.join(", ")}`,
    read: oneOf(logLevels),
    about: "the lowest level that matter.js logs: `debug`, `info`, `notice`, `warn`, `error` or `fatal`",
    usual: "`warn`",
  },
  announce_within: {
    wanted: "a whole number, 0 to 1440",
    read: wholeNumber(0, 1440),
    about: "minutes after which what happened presses no button in Matter",
    usual: "as in every home",
  },
  language: {
    wanted: `one of ${languages.join(", ")}`,
    read: oneOf(languages),
    about: "language of the names of endpoints: `en` or `fr`",
    usual: "`en`",
  },
  // Read by core, for every home: it is a setting of the section `withings` now.
  bed_unknown: {
    wanted: `one of ${bedUnknowns.join(", ")}`,
    read: oneOf(bedUnknowns),
    about: "as it was written before it held in every home: see `withings:`",
  },
  body_temperature: {
    wanted: "true or false",
    read: yesOrNo,
    about: "body temperature as a temperature sensor",
    usual: "`false`",
  },
  skin_temperature: {
    wanted: "true or false",
    read: yesOrNo,
    about: "skin temperature as a temperature sensor",
    usual: "`false`",
  },
  health: {
    wanted: "a list of names, like [Ann]",
    read: nameList,
    about: "persons whose health values every paired controller may read",
  },
  // Read by core: rules as they were written before.
  contacts: {
    wanted: "a list of rules",
    read: (value: unknown) => value,
    about: "[rules](rules.md) as they were written before they held in every home",
  },
}

export type Settings = ReturnType<typeof readSettings>["settings"]

/** Collects every mistake. A setting that cannot be read counts as left out; docs/matter.md describes each. */
export const readSettings = ({ env, file, flags = {}, folder }: PartSources) => {
  const { mistakes, values } = readSection(table, { section: "matter", file, env, flags })
  const settings = {
    /** The folder shared with the other apps; Matter's own storage is `matter` in it. */
    home: folder,
    port: values.port ?? 5540,
    /** Network interface to announce on; null: all. */
    interface: values.interface ?? env["MATTER_MDNS_NETWORKINTERFACE"] ?? null,
    ipv4: (values.ipv4 ?? true) && flags["no-ipv4"] !== true,
    vendorId: values.vendor_id ?? 0xfff1,
    productId: values.product_id ?? 0x8000,
    name: (values.name ?? "Withings Bridge").slice(0, 32),
    logLevel: values.log_level ?? "warn",
    /** Minutes after which what happened presses no button here any more; null: as in every home. */
    announceWithin: values.announce_within ?? null,
    /** Rules and `bed_unknown` as they were written before they held in every home; core reads them. */
    hasOldContacts: values.contacts !== undefined,
    hasOldBedUnknown: values.bed_unknown !== undefined,
    choices: {
      bodyTemperature: values.body_temperature ?? false,
      skinTemperature: values.skin_temperature ?? false,
      language: values.language ?? "en",
      healthOf: values.health ?? [],
    } satisfies MatterChoices,
  }
  return { settings, mistakes }
}
