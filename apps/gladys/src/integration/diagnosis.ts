import type { Household, Person, StandingState, Text } from "@withings-bridge/core"
import { isoTime } from "../isoTime.ts"
import type { ImportProgress } from "./HistoryImport.ts"
import type { WebhookStanding } from "./webhooks.ts"

const newest = (household: Household): number | null =>
  household.descriptors
    .flatMap(({ features }) => features.flatMap(({ reading }) => (reading === null ? [] : [reading.at])))
    .reduce<number | null>((most, at) => (most === null || at > most ? at : most), null)

const time = (at: number | null): string => (at === null ? "-" : isoTime(at).slice(0, 16).replace("T", " "))

const states: Readonly<Record<StandingState, Text>> = {
  "signed-in": { en: "connected", fr: "connexion active" },
  "needs-sign-in": { en: "new sign-in needed", fr: "nouvelle connexion nécessaire" },
  throttled: { en: "Withings' limit of requests is reached", fr: "limite de requêtes de Withings atteinte" },
  offline: { en: "Withings cannot be reached", fr: "Withings n'est pas joignable" },
  "never-signed-in": { en: "not signed in", fr: "sans connexion" },
}

/** The reason is in one language only. */
const personLine =
  (language: keyof Text) =>
  ({ name, standing: { lastSuccess, reason, state } }: Person): string =>
    `${name}${language === "fr" ? " :" : ":"} ${states[state][language]}, ${time(lastSuccess)}${reason === null ? "" : ` (${reason})`}`

const webhookStates: Readonly<Record<WebhookStanding, Text>> = {
  off: { en: "off (no Gladys Plus key)", fr: "désactivés (pas de clé Gladys Plus)" },
  unknown: { en: "not subscribed yet", fr: "pas encore abonnés" },
  subscribed: { en: "on", fr: "actifs" },
  refused: {
    en: "not available (Withings refused the address)",
    fr: "indisponibles (adresse refusée par Withings)",
  },
}

/** A summary to copy into a support question: it has no secrets and no health values. */
export const diagnosis = (
  household: Household,
  features: number,
  progress: ImportProgress | null,
  webhooks: WebhookStanding,
): Text => {
  const imported = progress === null ? "-" : `${progress.left}, ${time(progress.reached)}`
  return {
    en: [
      ...household.persons.map(personLine("en")),
      `${household.descriptors.length} devices, ${features} features in Gladys`,
      `newest measure: ${time(newest(household))} UTC`,
      `import: ${imported}`,
      `webhooks: ${webhookStates[webhooks].en}`,
    ].join(" · "),
    fr: [
      ...household.persons.map(personLine("fr")),
      `${household.descriptors.length} appareils, ${features} fonctionnalités dans Gladys`,
      `mesure la plus récente : ${time(newest(household))} UTC`,
      `import : ${imported}`,
      `webhooks : ${webhookStates[webhooks].fr}`,
    ].join(" · "),
  }
}
