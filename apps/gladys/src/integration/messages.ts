import type { Household, Person, Text } from "@withings-bridge/core"
import type { ImportProgress } from "./HistoryImport.ts"
import type { WebhookStanding } from "./webhooks.ts"

/** Sentences for Gladys' configuration page, in both of its languages. */
export const statusMessage = (
  configured: boolean,
  { persons }: Household,
  progress: ImportProgress | null,
  webhooks: WebhookStanding,
): { readonly connected: boolean; readonly message: Text } => {
  if (!configured) return { connected: false, message: enterCredentials }
  const signedIn = persons.filter((person) => person.standing.state !== "never-signed-in")
  if (signedIn.length === 0) return { connected: false, message: connectFirst }
  const troubled = signedIn.filter((person) => person.standing.state === "needs-sign-in")
  if (troubled.length > 0) return { connected: false, message: signInAgain(troubled) }
  return {
    connected: true,
    message: [
      connectedAs(signedIn),
      ...(progress === null ? [] : [importing(progress)]),
      ...(webhooks === "refused" ? [webhooksRefused] : []),
    ].reduce(joined),
  }
}

const enterCredentials: Text = {
  en: "Enter the client ID and secret of your Withings application, save, then press Connect.",
  fr: "Saisissez l'identifiant et le secret de votre application Withings, enregistrez, puis cliquez sur Connecter.",
}

const connectFirst: Text = {
  en: "Press Connect to sign in the first person.",
  fr: "Cliquez sur Connecter pour associer la première personne.",
}

const names = (persons: ReadonlyArray<Person>) => persons.map((person) => person.name).join(", ")

const signInAgain = (persons: ReadonlyArray<Person>): Text => ({
  en: `Press Connect again for ${names(persons)}: Withings asks for a new sign-in.`,
  fr: `Cliquez de nouveau sur Connecter pour ${names(persons)} : Withings demande une nouvelle connexion.`,
})

const connectedAs = (persons: ReadonlyArray<Person>): Text => ({
  en: `Connected to Withings: ${names(persons)}. Press Connect again to add a person.`,
  fr: `Connecté à Withings : ${names(persons)}. Cliquez de nouveau sur Connecter pour ajouter une personne.`,
})

const importing = ({ sent, total, minutesLeft }: ImportProgress): Text => ({
  en: `Importing history: ${sent} of ${total} values, about ${minutesLeft} min left.`,
  fr: `Import de l'historique : ${sent} valeurs sur ${total}, environ ${minutesLeft} min restantes.`,
})

const joined = (one: Text, other: Text): Text => ({
  en: `${one.en} ${other.en}`,
  fr: `${one.fr} ${other.fr}`,
})

const webhooksRefused: Text = {
  en: "Withings does not accept the webhook address of Gladys Plus: measures come within minutes instead of at once, and presence in bed only with the night's data.",
  fr: "Withings refuse l'adresse de webhook de Gladys Plus : les mesures arrivent en quelques minutes au lieu d'immédiatement, et la présence au lit seulement avec les données de la nuit.",
}

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

export const importStarted = ({ total, minutesLeft }: ImportProgress): Text => ({
  en: `${total} values will be imported in the background, in about ${minutesLeft} min. The status above shows the progress.`,
  fr: `${total} valeurs seront importées en arrière-plan, en environ ${minutesLeft} min. Le statut ci-dessus indique l'avancement.`,
})

export const nothingToImport: Text = {
  en: "There is nothing to import: first add devices from the Discover tab.",
  fr: "Rien à importer : ajoutez d'abord des appareils depuis l'onglet Découverte.",
}
