import {
  aMeasure,
  aText,
  aWord,
  closest,
  type ConfigMistake,
  groupsOf,
  languages,
  listOf,
  optional,
  readBlock,
  ruleList,
  settingReaders,
  sharedSettings,
} from "@withings-bridge/core"

const { oneOf, text, wholeNumber, yesOrNo } = settingReaders

const bedUnknownChoices = ["shared", "unknown", "clear", "last", "occupied"] as const
export const valueChoices = ["shared", "essential", "all", "none"] as const
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

const setting = <A>(wanted: string, read: (value: unknown) => A | undefined) => ({ wanted, read })
const choice = <A extends string>(choices: ReadonlyArray<A>) =>
  setting(`one of ${choices.join(", ")}`, oneOf(choices))
const flag = setting("true or false", yesOrNo)

/** The platform's block in Homebridge's config.json; docs/homebridge.md describes each. */
export const table = {
  clientId: sharedSettings.client_id,
  clientSecret: sharedSettings.client_secret,
  callbackUrl: sharedSettings.callback_url,
  home: setting("a folder", text),
  people: listOf("a name", text),
  pollMinutes: setting("a whole number of minutes, 1 to 1440", wholeNumber(1, 1440)),
  "hub.url": sharedSettings["hub.url"],
  "hub.key": sharedSettings["hub.key"],
  "webhook.publicUrl": sharedSettings["webhook.public_url"],
  "webhook.host": sharedSettings["webhook.host"],
  "webhook.port": sharedSettings["webhook.port"],
  // Only for tests and demonstrations: another Withings than the real one.
  accountUrl: sharedSettings.account_url,
  apiUrl: sharedSettings.api_url,
  presence: flag,
  anyoneInBed: flag,
  bedUnknown: choice(bedUnknownChoices),
  batteries: flag,
  buttons: flag,
  values: {
    ...choice(valueChoices),
    // What `essential` was called before there was one setting for all homes.
    read: (value: unknown) => (value === "with-others" ? "essential" : oneOf(valueChoices)(value)),
  },
  bodyTemperature: flag,
  carbonDioxideAbove: setting("a whole number of ppm, 400 to 100000", wholeNumber(400, 100_000)),
  devices: listOf(`one of ${shownClasses.join(", ")}`, oneOf(shownClasses)),
  rules: ruleList,
  standIns: groupsOf("a stand-in, like {measure: weight, as: lux}", {
    measure: aMeasure,
    as: aWord(["lux", "humidity"] as const),
    person: optional(aText),
  }),
  language: choice(languages),
}

const defaults = {
  people: [],
  presence: true,
  anyoneInBed: true,
  /** `shared`: as `config.yaml` says, like every home. */
  bedUnknown: "shared" as const,
  batteries: true,
  buttons: true,
  /** `none` is this home's own: no custom characteristics at all. */
  values: "shared" as const,
  bodyTemperature: false,
  carbonDioxideAbove: 1000,
  /** Classes of devices to show; empty for all. */
  devices: [],
  rules: [],
  standIns: [],
  language: "en" as const,
}

export type Settings = ReturnType<typeof readSettings>["settings"]
export type StandIn = Settings["standIns"][number]

/**
 * Reads the block. An invalid setting is reported and replaced by its default (an entry of a list is left out), so that
 * one slip does not take the bed's presence away.
 */
export const readSettings = (block: unknown) => {
  const given = typeof block === "object" && block !== null ? Object.entries(block) : []
  // Homebridge's own keys in a platform's block.
  const own = given.filter(([key]) => !/^(platform|name|_.*)$/.test(key))
  const { mistakes, values } = readBlock(table, "Homebridge's config.json", Object.fromEntries(own))
  return { settings: { ...defaults, ...values }, mistakes }
}

export const mistakeText = ({ found, key, wanted }: ConfigMistake) =>
  `The setting "${key}" is ${found}, but has to be ${wanted}.`

/** Messages about rules and stand-ins for unknown persons. `names`: everyone who is known; empty: nothing is known yet. */
export const strangers = (
  { rules, standIns }: Pick<Settings, "rules" | "standIns">,
  names: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const wanted = [
    ...rules.map(({ name, person }) => ({ what: `rule "${name}"`, person })),
    ...standIns.map(({ measure, person }) => ({ what: `stand-in of ${measure}`, person })),
  ]
  return wanted.flatMap(({ person, what }) => {
    if (person === null || names.length === 0 || names.includes(person)) return []
    const meant = closest(person, names)
    const hint = meant === null ? "" : ` Perhaps "${meant}" is meant.`
    return [`The ${what} is for "${person}", which is nobody's name.${hint}`]
  })
}
