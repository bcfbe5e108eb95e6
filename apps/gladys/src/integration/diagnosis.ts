import type { Household, Text } from "@withings-bridge/core"
import { isoTime } from "../isoTime.ts"
import type { ImportProgress } from "./HistoryImport.ts"
import type { WebhookStanding } from "./webhooks.ts"

const newest = (household: Household): number | null =>
  household.descriptors
    .flatMap(({ features }) => features.flatMap(({ reading }) => (reading === null ? [] : [reading.at])))
    .reduce<number | null>((most, at) => (most === null || at > most ? at : most), null)

const time = (at: number | null): string => (at === null ? "-" : isoTime(at).slice(0, 16).replace("T", " "))

const standings: Readonly<Record<WebhookStanding, Text>> = {
  off: { en: "off (no Gladys Plus key)", fr: "désactivés (pas de clé Gladys Plus)" },
  unknown: { en: "not subscribed yet", fr: "pas encore abonnés" },
  subscribed: { en: "on", fr: "actifs" },
  refused: {
    en: "not available (Withings refused the address)",
    fr: "indisponibles (adresse refusée par Withings)",
  },
}

/** Where everything stands, to be copied into a question: nothing in it is secret, and no value of anyone's health. */
export const diagnosis = (
  household: Household,
  features: number,
  progress: ImportProgress | null,
  webhooks: WebhookStanding,
): Text => {
  const people = household.persons.map(
    ({ name, standing }) =>
      `${name}: ${standing.state}, ${time(standing.lastSuccess)}${standing.reason === null ? "" : ` (${standing.reason})`}`,
  )
  const imported = progress === null ? "-" : `${progress.left}, ${time(progress.reached)}`
  return {
    en: [
      ...people,
      `${household.descriptors.length} devices, ${features} features in Gladys`,
      `newest measure: ${time(newest(household))} UTC`,
      `import: ${imported}`,
      `webhooks: ${standings[webhooks].en}`,
    ].join(" · "),
    fr: [
      ...people,
      `${household.descriptors.length} appareils, ${features} fonctionnalités dans Gladys`,
      `mesure la plus récente : ${time(newest(household))} UTC`,
      `import : ${imported}`,
      `webhooks : ${standings[webhooks].fr}`,
    ].join(" · "),
  }
}
