import type { Person, Text } from "@withings-bridge/core"
import { duration, names } from "./connectionStatus.ts"
import type { ImportProgress } from "./HistoryImport.ts"

/** What the actions of Gladys' configuration page answer, in both of its languages. */

export const connectionWorks = (answering: ReadonlyArray<Person>): Text => ({
  en: `Withings answers for ${names(answering)}.`,
  fr: `Withings répond pour ${names(answering)}.`,
})

export const nobodySignedIn: Text = {
  en: "Nobody is signed in yet: press Connect first.",
  fr: "Personne n'est encore connecté : cliquez d'abord sur Connecter.",
}

export const syncAsked: Text = {
  en: "Withings is being asked for new measures; they arrive within a minute.",
  fr: "Les nouvelles mesures sont demandées à Withings ; elles arrivent d'ici une minute.",
}

export const importStarted = ({ left, minutesLeft }: ImportProgress): Text => ({
  en: `${left} values will be imported in the background, in about ${duration(minutesLeft, "en")}. The status above shows the progress.`,
  fr: `${left} valeurs seront importées en arrière-plan, en environ ${duration(minutesLeft, "fr")}. Le statut ci-dessus indique l'avancement.`,
})

export const nothingToImport: Text = {
  en: "There is nothing to import: Gladys has the history of every added device. Add devices from the Discover tab.",
  fr: "Rien à importer : Gladys a l'historique de chaque appareil ajouté. Ajoutez des appareils depuis l'onglet « Découverte ».",
}

export const signedOut = (name: string): Text => ({
  en: `${name} is signed out of Withings. The values that are in Gladys stay. Press Connect to sign in again.`,
  fr: `La connexion de ${name} à Withings est terminée. Les valeurs déjà dans Gladys restent. Cliquez sur Connecter pour une nouvelle connexion.`,
})

export const whoToSignOut = (name: string, persons: ReadonlyArray<Person>): Text => ({
  en: `Nobody called “${name}” is signed in. Enter one of these names: ${names(persons)}.`,
  fr: `Personne du nom de « ${name} » n'est connecté. Saisissez l'un de ces noms : ${names(persons)}.`,
})
