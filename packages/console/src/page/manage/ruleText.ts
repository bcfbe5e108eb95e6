import type { Feature } from "@withings-bridge/core"
import { figure } from "../text/figures.ts"
import { named, say, texts } from "../text/language.ts"
import type { Text } from "../text/words.ts"

const t = texts({
  forMinutes: ["for {minutes} min", "pendant {minutes} min", "seit {minutes} min"],
})

/** A rule as written in config.yaml, unchecked. */
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

/** Each condition as an option of the form, and as the sentence of a rule. */
const conditions: Readonly<Record<string, { readonly name: Text; readonly sentence: Text }>> = {
  above: {
    name: ["above a value", "au-dessus d’une valeur", "über einem Wert"],
    sentence: ["{measure} above {value}", "{measure} au-dessus de {value}", "{measure} über {value}"],
  },
  below: {
    name: ["below a value", "au-dessous d’une valeur", "unter einem Wert"],
    sentence: ["{measure} below {value}", "{measure} au-dessous de {value}", "{measure} unter {value}"],
  },
  between: {
    name: ["between two values", "entre deux valeurs", "zwischen zwei Werten"],
    sentence: [
      "{measure} from {value} to {to}",
      "{measure} de {value} à {to}",
      "{measure} von {value} bis {to}",
    ],
  },
  is: {
    name: ["is one of these results", "est un de ces résultats", "ist eines dieser Ergebnisse"],
    sentence: ["{measure} is {value}", "{measure} est {value}", "{measure} ist {value}"],
  },
  "goal-reached": {
    name: ["goal reached", "objectif atteint", "Ziel erreicht"],
    sentence: ["{measure}: goal reached", "{measure} : objectif atteint", "{measure}: Ziel erreicht"],
  },
  "changed-by": {
    name: ["changed by more than", "a changé de plus de", "hat sich geändert um mehr als"],
    sentence: [
      "{measure} changed by more than {value} in {days} days",
      "{measure} a changé de plus de {value} en {days} jours",
      "{measure} änderte sich um mehr als {value} in {days} Tagen",
    ],
  },
  "no-measure-for-days": {
    name: ["nothing measured for days", "rien de mesuré depuis des jours", "seit Tagen nichts gemessen"],
    sentence: [
      "{measure} not measured for {value} days",
      "{measure} : pas de mesure depuis {value} jours",
      "{measure}: seit {value} Tagen nicht gemessen",
    ],
  },
  "afib-found": {
    name: ["signs of atrial fibrillation", "signes de fibrillation atriale", "Anzeichen von Vorhofflimmern"],
    sentence: [
      "Signs of atrial fibrillation",
      "Signes de fibrillation atriale",
      "Anzeichen von Vorhofflimmern",
    ],
  },
  "in-bed-longer-than-hours": {
    name: [
      "in bed for longer than (hours)",
      "au lit plus longtemps que (heures)",
      "länger im Bett als (Stunden)",
    ],
    sentence: [
      "In bed for longer than {value} h",
      "Au lit plus de {value} h",
      "Länger als {value} h im Bett",
    ],
  },
  "not-in-bed-by": {
    name: ["not in bed by a time", "pas au lit à une heure", "bis zu einer Uhrzeit nicht im Bett"],
    sentence: ["Not in bed by {time}", "Pas au lit à {time}", "Bis {time} nicht im Bett"],
  },
  "short-night": {
    name: ["less sleep than (hours)", "moins de sommeil que (heures)", "weniger Schlaf als (Stunden)"],
    sentence: [
      "Less than {value} h of sleep",
      "Moins de {value} h de sommeil",
      "Weniger als {value} h Schlaf",
    ],
  },
  "sign-in-needed": {
    name: ["must sign in again", "doit se reconnecter", "muss sich neu anmelden"],
    sentence: ["Must sign in again", "Doit se reconnecter", "Muss sich neu anmelden"],
  },
  "battery-low": {
    name: ["a battery is low", "une batterie est faible", "eine Batterie ist schwach"],
    sentence: ["A battery is low", "Une batterie est faible", "Eine Batterie ist schwach"],
  },
  unusual: {
    name: [
      "outside their usual range",
      "hors de sa plage habituelle",
      "außerhalb der eigenen üblichen Spanne",
    ],
    sentence: [
      "{measure} outside the usual range",
      "{measure} hors de la plage habituelle",
      "{measure} außerhalb der üblichen Spanne",
    ],
  },
}

export const conditionText = (when: string): string => (conditions[when] ? say(conditions[when].name) : when)

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

/** A rule as a sentence: "Weight above 75 kg · Ann · for 10 min". */
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
    conditions[when] ? say(conditions[when].sentence, places) : when,
    textIn(entry, "person") || t("everyone"),
    ...(minutes === "" ? [] : [t("forMinutes", { minutes })]),
  ].join(" · ")
}
