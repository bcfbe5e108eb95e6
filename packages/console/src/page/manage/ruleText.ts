import type { Feature } from "@withings-bridge/core"
import { figure } from "../text/figures.ts"
import type { TextKey } from "../text/en.ts"
import { named, t } from "../text/language.ts"

/** What stands in config.yaml; anything may be there. */
export type Entry = Readonly<Record<string, unknown>>

export const entryOf = (entry: unknown): Entry =>
  typeof entry === "object" && entry !== null && !Array.isArray(entry) ? (entry as Entry) : {}

const textIn = (entry: Entry, key: string): string => {
  const value = entry[key]
  return typeof value === "string" || typeof value === "number"
    ? String(value)
    : Array.isArray(value)
      ? value.join(", ")
      : ""
}

const conditionNames = [
  "above",
  "below",
  "between",
  "is",
  "goal-reached",
  "changed-by",
  "no-measure-for-days",
  "afib-found",
  "in-bed-longer-than-hours",
  "not-in-bed-by",
  "short-night",
  "sign-in-needed",
  "battery-low",
  "unusual",
] as const

const isCondition = (name: string): name is (typeof conditionNames)[number] =>
  conditionNames.some((known) => known === name)

export const conditionText = (name: string): string => (isCondition(name) ? t(`rule-${name}`) : name)

type Kinds = (key: string) => Feature | undefined

const measureText = (key: string, kinds: Kinds): string => {
  const kind = kinds(key)
  return kind ? named(kind.name) : key
}

const amount = (entry: Entry, key: string, kinds: Kinds): string => {
  const value = entry[key]
  const kind = kinds(textIn(entry, "measure"))
  if (typeof value === "number" && kind) return figure(kind, value)
  if (Array.isArray(value) && kind)
    return value.map((one) => (typeof one === "number" ? figure(kind, one) : String(one))).join(", ")
  return typeof value === "string" ? measureText(value, kinds) : textIn(entry, key)
}

/** "Weight above 75 kg, Ann, for 10 minutes": what a rule says, as a sentence. */
export const ruleSentence = (entry: Entry, kinds: Kinds): string => {
  const when = textIn(entry, "when")
  const places = {
    measure: measureText(textIn(entry, "measure"), kinds) || t("anything"),
    value: when === "changed-by" ? textIn(entry, "value") : amount(entry, "value", kinds),
    to: amount(entry, "to", kinds),
    days: textIn(entry, "days"),
    time: textIn(entry, "time"),
  }
  const minutes = textIn(entry, "minutes")
  return [
    isCondition(when) ? t(`said-${when}` satisfies TextKey, places) : when,
    textIn(entry, "person") || t("everyone"),
    ...(minutes === "" ? [] : [t("forMinutes", { minutes })]),
  ].join(" · ")
}
