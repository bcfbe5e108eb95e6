import type { ServiceType } from "../Plan.ts"
import type { PageLanguage, Sentence } from "../pageLanguage.ts"

/** What an accessory shows, on the settings page. `ServiceLabel` is left out: it only numbers buttons. */
export const shownAs: Readonly<Partial<Record<ServiceType, Sentence>>> = {
  OccupancySensor: { en: "in bed", de: "im Bett", fr: "au lit" },
  Battery: { en: "battery", de: "Batterie", fr: "batterie" },
  StatelessProgrammableSwitch: { en: "button", de: "Taster", fr: "bouton" },
  ContactSensor: {
    en: "contact sensor of a rule",
    de: "Kontaktsensor einer Regel",
    fr: "capteur de contact d’une règle",
  },
  TemperatureSensor: { en: "temperature", de: "Temperatur", fr: "température" },
  CarbonDioxideSensor: { en: "carbon dioxide", de: "Kohlendioxid", fr: "dioxyde de carbone" },
  LightSensor: { en: "stand-in as lux", de: "Ersatz als Lux", fr: "substitut en lux" },
  HumiditySensor: {
    en: "stand-in as humidity",
    de: "Ersatz als Luftfeuchte",
    fr: "substitut en humidité",
  },
  Measures: {
    en: "measures (in Eve and Controller)",
    de: "Messwerte (in Eve und Controller)",
    fr: "mesures (dans Eve et Controller)",
  },
}

/** The state of a rule. Open: it holds. */
export const contactStates = {
  open: { en: "open now", de: "jetzt offen", fr: "ouvert en ce moment" },
  closed: { en: "closed", de: "geschlossen", fr: "fermé" },
  unknown: { en: "nothing known yet", de: "noch nichts bekannt", fr: "rien de connu encore" },
} as const satisfies Record<string, Sentence>

/** Shown for a rule without a state. */
export const ruleTexts = {
  mistaken: {
    en: "not used until it is corrected, see above",
    de: "erst nach Korrektur verwendet, siehe oben",
    fr: "ignorée tant qu’elle n’est pas corrigée, voir plus haut",
  },
  nobody: {
    en: "the person it is for has not signed in",
    de: "niemand angemeldet, für den sie gilt",
    fr: "aucune personne concernée n’est connectée",
  },
  withoutPast: {
    en: "how often it would have opened is not known for this kind of rule",
    de: "wie oft sie geöffnet hätte, ist für diese Art von Regel nicht bekannt",
    fr: "le nombre d’ouvertures passées n’est pas connu pour ce type de règle",
  },
} as const satisfies Record<string, Sentence>

/**
 * "opened 4 times in the last 90 days, last yesterday"
 * @param daysAgo whole days since it last opened; null: it did not open
 */
export const openings = (count: number, daysAgo: number | null, language: PageLanguage): string => {
  const times = {
    en: ["not opened", "opened once", `opened ${count} times`],
    de: ["nie geöffnet", "einmal geöffnet", `${count}-mal geöffnet`],
    fr: ["jamais ouvert", "ouvert une fois", `ouvert ${count} fois`],
  }[language][Math.min(count, 2)]
  const past = {
    en: `${times} in the last 90 days`,
    de: `in den letzten 90 Tagen ${times}`,
    fr: `${times} au cours des 90 derniers jours`,
  }[language]
  if (daysAgo === null) return past
  const last = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-daysAgo, "day")
  return {
    en: `${past}, last ${last}`,
    de: `${past}, zuletzt ${last}`,
    fr: `${past}, la dernière fois ${last}`,
  }[language]
}

export const notConnected: Sentence = { en: "Not connected", de: "Nicht verbunden", fr: "Non connecté" }

export const nameMissing: Sentence = {
  en: "Type the name of the person first.",
  de: "Geben Sie zuerst den Namen der Person ein.",
  fr: "Saisissez d’abord le nom de la personne.",
}

export const clientMissing: Sentence = {
  en: "Enter the client ID and the client secret first.",
  de: "Geben Sie zuerst Client-ID und Client-Secret ein.",
  fr: "Saisissez d’abord le client ID et le client secret.",
}

export const invitationUnclear: Sentence = {
  en: "Paste the link of the invitation (https://…/join/…), or the hub's address and the key with a space between.",
  de: "Fügen Sie den Link der Einladung ein (https://…/join/…), oder die Adresse des Hubs und den Schlüssel mit einem Leerzeichen dazwischen.",
  fr: "Collez le lien de l’invitation (https://…/join/…), ou l’adresse du hub et la clé séparées par une espace.",
}

export const invitationOver: Sentence = {
  en: "This invitation has expired, or its key was already fetched. Ask the person who sent it for a new one.",
  de: "Diese Einladung ist abgelaufen, oder ihr Schlüssel wurde schon abgeholt. Bitten Sie um eine neue.",
  fr: "Cette invitation a expiré, ou sa clé a déjà été utilisée. Demandez-en une nouvelle à la personne qui l’a envoyée.",
}

export const hubSilent: Sentence = {
  en: "The hub at {hub} does not answer. Try again later.",
  de: "Der Hub {hub} antwortet nicht. Versuchen Sie es später wieder.",
  fr: "Le hub {hub} ne répond pas. Réessayez plus tard.",
}

/** "3 devices" */
export const deviceCount = (count: number, language: PageLanguage): string =>
  ({
    en: `${count} ${count === 1 ? "device" : "devices"}`,
    de: `${count} ${count === 1 ? "Gerät" : "Geräte"}`,
    fr: `${count} ${count > 1 ? "appareils" : "appareil"}`,
  })[language]
