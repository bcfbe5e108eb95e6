import { signal } from "../state/signal.ts"

/** How figures are written on this browser. */
export interface Preferences {
  readonly mass: "kg" | "lb" | "st"
  readonly length: "metric" | "imperial"
  readonly temperature: "celsius" | "fahrenheit"
  readonly pressure: "mmHg" | "kPa"
  /** 1 Monday, 6 Saturday, 7 Sunday, as `Intl.Locale` counts. */
  readonly firstDay: "1" | "6" | "7"
}

type Choices = { readonly [Key in keyof Preferences]: ReadonlyArray<Preferences[Key]> }

export const choices: Choices = {
  mass: ["kg", "lb", "st"],
  length: ["metric", "imperial"],
  temperature: ["celsius", "fahrenheit"],
  pressure: ["mmHg", "kPa"],
  firstDay: ["1", "6", "7"],
}

/** What is used in which region. Source: unit preferences and week data of Unicode CLDR 46. */
const regions = {
  pounds: "US",
  stones: "GB",
  feet: "US GB CA IN",
  fahrenheit: "US BS BZ KY PR PW",
  saturday: "AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY",
  sunday:
    "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW",
}

const isOf = (list: keyof typeof regions, region: string) => regions[list].split(" ").includes(region)

/** The defaults of a locale such as "en-US". */
export const preferencesOf = (locale: string): Preferences => {
  const region = regionOf(locale)
  return {
    mass: isOf("pounds", region) ? "lb" : isOf("stones", region) ? "st" : "kg",
    length: isOf("feet", region) ? "imperial" : "metric",
    temperature: isOf("fahrenheit", region) ? "fahrenheit" : "celsius",
    pressure: "mmHg",
    firstDay: isOf("saturday", region) ? "6" : isOf("sunday", region) ? "7" : "1",
  }
}

/** Empty for a locale without a region: "en" alone does not mean pounds. */
const regionOf = (locale: string): string => {
  try {
    return new Intl.Locale(locale).region ?? ""
  } catch {
    return ""
  }
}

const place = "units"

const kept = (): Partial<Record<string, unknown>> => {
  try {
    return JSON.parse(globalThis.localStorage?.getItem(place) ?? "{}") ?? {}
  } catch {
    return {}
  }
}

/** What was chosen on this browser, else the defaults of its locale. */
export const readPreferences = (locale: string, chosen: Partial<Record<string, unknown>>): Preferences => {
  const expected = preferencesOf(locale)
  const pick = <Key extends keyof Preferences>(key: Key): Preferences[Key] =>
    choices[key].find((one) => one === chosen[key]) ?? expected[key]
  return {
    mass: pick("mass"),
    length: pick("length"),
    temperature: pick("temperature"),
    pressure: pick("pressure"),
    firstDay: pick("firstDay"),
  }
}

export const browserLocale = (): string => globalThis.navigator?.language ?? "en"

export const preferences = signal(readPreferences(browserLocale(), kept()))

export const prefer = (key: keyof Preferences, value: string): void => {
  const chosen = { ...kept(), [key]: value }
  globalThis.localStorage?.setItem(place, JSON.stringify(chosen))
  preferences.set(readPreferences(browserLocale(), chosen))
}
