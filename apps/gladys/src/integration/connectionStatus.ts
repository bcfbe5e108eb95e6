import type { Household, Language, Person, StandingState, Text } from "@withings-bridge/core"
import { nextToSignIn, personsInOrder } from "../persons.ts"
import type { ImportProgress } from "./HistoryImport.ts"
import type { WebhookStanding } from "./webhooks.ts"

/** Everything that the status on Gladys' configuration page depends on. */
export interface Circumstances {
  readonly configured: boolean
  readonly household: Household
  /** Names of the persons as the user listed them. */
  readonly wanted: ReadonlyArray<string>
  /** Why a sign-in of the last minutes was refused. */
  readonly refusal: Text | null
  /** Persons whose first values are still on their way. */
  readonly unready: ReadonlySet<string>
  /** How much of Withings' history is read, 0 to 1; null: all of it. */
  readonly historyShare: number | null
  readonly progress: ImportProgress | null
  readonly webhooks: WebhookStanding
}

export interface ConnectionStatus {
  readonly connected: boolean
  readonly message: Text
}

/** The status text: first what is wrong and what to do, then what is going on. */
export const connectionStatus = (now: Circumstances): ConnectionStatus => {
  const status = standing(now)
  const { refusal } = now
  return refusal === null ? status : { ...status, message: sentences([refusal, status.message]) }
}

const standing = (now: Circumstances): ConnectionStatus => {
  if (!now.configured) return { connected: false, message: enterCredentials }
  const persons = personsInOrder(now.household.persons, now.wanted)
  const signedIn = persons.filter((person) => person.standing.state !== "never-signed-in")
  const next = nextToSignIn(now.household.persons, now.wanted)
  if (signedIn.length === 0) return { connected: false, message: connectFirst(next) }
  const of = (state: StandingState) => signedIn.filter((person) => person.standing.state === state)
  const [lost, away, waiting] = [of("needs-sign-in"), of("offline"), of("throttled")]
  const fine = of("signed-in")
  return {
    connected: lost.length === 0 && away.length < signedIn.length,
    message: sentences([
      ...(lost.length === 0 ? [] : [signInAgain(lost)]),
      ...(away.length === 0 ? [] : [unreachable(away)]),
      ...(waiting.length === 0 ? [] : [throttled(waiting)]),
      ...(fine.length === 0 ? [] : [connectedAs(fine)]),
      ...activities(now, fine),
      ...(next === null || lost.some(({ name }) => name === next) ? [] : [addPerson(next)]),
      ...(now.webhooks === "refused" ? [webhooksRefused] : []),
    ]),
  }
}

const activities = (now: Circumstances, persons: ReadonlyArray<Person>): ReadonlyArray<Text> => {
  const first = persons.filter(({ id }) => now.unready.has(id))
  if (first.length > 0) return [readingFirst(first)]
  return [
    ...(now.historyShare === null || persons.length === 0 ? [] : [readingHistory(now.historyShare)]),
    ...(now.progress === null ? [] : [importing(now.progress)]),
  ]
}

const sentences = (all: ReadonlyArray<Text>): Text => ({
  en: all.map(({ en }) => en).join(" "),
  fr: all.map(({ fr }) => fr).join(" "),
})

export const names = (persons: ReadonlyArray<{ readonly name: string }>) =>
  persons.map(({ name }) => name).join(", ")

const enterCredentials: Text = {
  en: "Enter the client ID and the client secret of your Withings application, save the configuration, then press Connect.",
  fr: "Saisissez l'identifiant client et le secret client de votre application Withings, enregistrez la configuration, puis cliquez sur Connecter.",
}

const connectFirst = (name: string | null): Text => ({
  en: `Press Connect to sign in ${name ?? "the first person"}.`,
  fr: `Cliquez sur Connecter pour associer ${name ?? "la première personne"}.`,
})

const addPerson = (name: string): Text => ({
  en: `Press Connect again to sign in ${name}.`,
  fr: `Cliquez de nouveau sur Connecter pour associer ${name}.`,
})

const signInAgain = (persons: ReadonlyArray<Person>): Text => ({
  en: `Press Connect again for ${names(persons)}: Withings asks for a new sign-in.`,
  fr: `Cliquez de nouveau sur Connecter pour ${names(persons)} : Withings demande une nouvelle connexion.`,
})

const unreachable = (persons: ReadonlyArray<Person>): Text => {
  const since = Math.min(...persons.map((person) => person.standing.since))
  return {
    en: `Withings has not been reached for ${names(persons)} since ${moment(since, "en")}. It is tried again by itself.`,
    fr: `Withings n'est plus joignable pour ${names(persons)} depuis le ${moment(since, "fr")}. Un nouvel essai se fait tout seul.`,
  }
}

const throttled = (persons: ReadonlyArray<Person>): Text => ({
  en: `Withings allows no more requests for ${names(persons)} at the moment. It goes on by itself.`,
  fr: `Withings n'accepte plus de requêtes pour ${names(persons)} pour l'instant. La suite viendra toute seule.`,
})

const connectedAs = (persons: ReadonlyArray<Person>): Text => ({
  en: `Connected to Withings: ${names(persons)}.`,
  fr: `Connecté à Withings : ${names(persons)}.`,
})

const readingFirst = (persons: ReadonlyArray<Person>): Text => ({
  en: `Reading the newest values of ${names(persons)}; the devices appear in Discover in about a minute.`,
  fr: `Lecture des dernières valeurs de ${names(persons)} ; les appareils apparaissent dans « Découverte » d'ici une minute.`,
})

const readingHistory = (share: number): Text => ({
  en: `Reading the history from Withings: ${Math.floor(share * 100)} %.`,
  fr: `Lecture de l'historique chez Withings : ${Math.floor(share * 100)} %.`,
})

const importing = ({ left, minutesLeft, reached }: ImportProgress): Text => ({
  en: `Importing history into Gladys: back to ${day(reached, "en")}, ${left} values to go, about ${duration(minutesLeft, "en")}.`,
  fr: `Import de l'historique dans Gladys : remonté jusqu'au ${day(reached, "fr")}, encore ${left} valeurs, environ ${duration(minutesLeft, "fr")}.`,
})

const webhooksRefused: Text = {
  en: "Withings does not accept the webhook address of Gladys Plus: measures come within minutes instead of at once, and presence in bed only with the night's data.",
  fr: "Withings refuse l'adresse de webhook de Gladys Plus : les mesures arrivent en quelques minutes au lieu d'immédiatement, et la présence au lit seulement avec les données de la nuit.",
}

const locale = { en: "en-GB", fr: "fr-FR" }

const day = (at: number, language: Language): string =>
  new Date(at * 1000).toLocaleDateString(locale[language], {
    day: "numeric",
    month: "short",
    year: "numeric",
  })

const moment = (at: number, language: Language): string =>
  new Date(at * 1000).toLocaleString(locale[language], {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  })

/** "25 min", "3 h 10 min". */
export const duration = (minutes: number, language: Language): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const separator = language === "fr" ? "\u00a0" : " "
  return [...(hours === 0 ? [] : [`${hours}${separator}h`]), `${rest}${separator}min`].join(" ")
}
