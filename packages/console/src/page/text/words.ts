/** A text in each language of the page; `{x}` is filled in. */
export type Text = readonly [english: string, french: string, german: string]

/** Texts that several parts of the page share. All others are in the file of their part: see `texts` in `language.ts`. */
export const words = {
  offline: [
    "The bridge does not answer. Trying again…",
    "La passerelle ne répond pas. Nouvel essai…",
    "Die Brücke antwortet nicht. Neuer Versuch …",
  ],
  loading: ["Loading…", "Chargement…", "Wird geladen …"],
  persons: ["Persons", "Personnes", "Personen"],
  household: ["Household", "Foyer", "Haushalt"],
  save: ["Save", "Enregistrer", "Speichern"],
  remove: ["Remove", "Retirer", "Entfernen"],
  choose: ["Choose…", "Choisir…", "Auswählen …"],
  anything: ["anything", "toutes les mesures", "irgendetwas"],
  everyone: ["everyone", "chacun", "alle"],
  missing: [
    "Still missing: {fields}. Nothing was saved.",
    "Il manque encore : {fields}. Rien n’a été enregistré.",
    "Es fehlt noch: {fields}. Nichts wurde gespeichert.",
  ],
  more: ["{count} more", "{count} de plus", "{count} weitere"],
  trend: ["Trend", "Tendance", "Trend"],
  middleOf: ["Median", "Médiane", "Median"],
  meanOf: ["{value} on average", "{value} en moyenne", "im Mittel {value}"],
  goalOf: ["goal {goal}", "objectif {goal}", "Ziel {goal}"],
  perWeek: ["{change} a week", "{change} par semaine", "{change} pro Woche"],
  heartAtRest: ["Heart rate asleep", "Cœur pendant le sommeil", "Herzfrequenz im Schlaf"],
  bedtime: ["Bedtime", "Coucher", "Schlafenszeit"],
  wakeUp: ["Wake-up", "Lever", "Aufstehen"],
  earlier: ["Earlier", "Plus tôt", "Früher"],
  later: ["Later", "Plus tard", "Später"],
  periodBefore: ["The period before", "La période précédente", "Zeitraum davor"],
  when: ["When", "Quand", "Wann"],
  chartEmpty: [
    "Nothing was measured in this period.",
    "Aucune mesure pendant cette période.",
    "In dieser Zeit wurde nichts gemessen.",
  ],
  chartTable: ["The figures as a table", "Les chiffres en tableau", "Die Werte als Tabelle"],
  noReading: ["No measure yet", "Pas encore de mesure", "Noch keine Messung"],
  firstComing: [
    "The first measures are on their way.",
    "Les premières mesures arrivent.",
    "Die ersten Messungen sind unterwegs.",
  ],
  nothingYet: [
    "No device yet. Devices appear as soon as a person is signed in.",
    "Aucun appareil. Ils apparaissent dès qu’une personne est connectée.",
    "Noch kein Gerät. Geräte erscheinen, sobald eine Person angemeldet ist.",
  ],
  openSettings: ["Open Settings", "Ouvrir les réglages", "Einstellungen öffnen"],
  leftOutHint: [
    "Left out: no home shows it. What it measures is kept, and shown under People.",
    "Écarté : aucune maison ne le montre. Ses mesures sont gardées, et montrées sous Personnes.",
    "Ausgeblendet: kein Smart Home zeigt es. Was es misst, bleibt erhalten und steht unter Personen.",
  ],
  signInNeeded: [
    "Signed out: {person} must connect again. The last values are kept.",
    "Déconnecté : {person} doit se reconnecter. Les dernières valeurs sont gardées.",
    "Abgemeldet: {person} muss sich neu verbinden. Die letzten Werte bleiben.",
  ],
} as const satisfies Readonly<Record<string, Text>>
