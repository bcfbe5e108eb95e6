import { type ConfigError, frenchSentence, germanSentence, SignInError } from "@withings-bridge/core"
import type { Sentence } from "../ConsoleState.ts"

type Trouble = {
  readonly _tag: string
  readonly message?: string
  readonly french?: string
  readonly german?: string
}

/** Why the bridge did not do what the page asked, in every language of the page. */
export const refusalOf = (error: Trouble): Sentence => {
  if (error instanceof SignInError)
    return error.reason === "not-configured"
      ? noKeys
      : { message: error.message, french: frenchSentence(error), german: germanSentence(error) }
  // Its message writes out what was sent, which overflows the stack when that is nested deeply enough.
  if (error._tag === "ParseError") return notUnderstood
  const { message = "It failed.", french, german } = error
  if (french !== undefined && german !== undefined) return { message, french, german }
  if (isConfigError(error)) return wrongSettings(error)
  return known[error._tag]?.(message) ?? inEnglish("Cela n’a pas abouti", "Das hat nicht geklappt", message)
}

const notUnderstood: Sentence = {
  message: "The request was not understood.",
  french: "La demande n’a pas été comprise.",
  german: "Die Anfrage wurde nicht verstanden.",
}

const isConfigError = (error: Trouble): error is ConfigError => error._tag === "ConfigError"

/** What only the core says, in its own language. */
const inEnglish = (french: string, german: string, message: string): Sentence => ({
  message,
  french: `${french}. En anglais : ${message}`,
  german: `${german}. Auf Englisch: ${message}`,
})

const known: Readonly<Record<string, (message: string) => Sentence>> = {
  StoreError: (message) =>
    inEnglish(
      "La base de données n’a pas pu être lue ou écrite",
      "Die Datenbank konnte nicht gelesen oder beschrieben werden",
      message,
    ),
  MatterTrouble: (message) =>
    inEnglish("La passerelle Matter ne l’a pas fait", "Die Matter-Brücke hat es nicht getan", message),
  RuleError: (message) =>
    inEnglish(
      "Cette règle ne peut pas être enregistrée",
      "Diese Regel kann nicht gespeichert werden",
      message,
    ),
  BackupFailed: (message) =>
    inEnglish("La sauvegarde n’a pas abouti", "Die Sicherung hat nicht geklappt", message),
  WeighingError: (message) => ({
    message,
    french: "Cette pesée n’existe plus, ou Withings ne la liste pas pour cette personne.",
    german: "Diese Wägung gibt es nicht mehr, oder Withings führt sie nicht für diese Person.",
  }),
}

/** What a setting of the page's forms has to be, by its key. */
const wanted: Readonly<Record<string, readonly [french: string, german: string]>> = {
  client_id: [
    "le client id de developer.withings.com, sans espaces",
    "die Client-ID von developer.withings.com, ohne Leerzeichen",
  ],
  client_secret: [
    "le client secret de developer.withings.com, sans espaces",
    "das Client-Secret von developer.withings.com, ohne Leerzeichen",
  ],
  callback_url: [
    "une adresse complète, comme http://localhost:7333/callback",
    "eine vollständige Adresse wie http://localhost:7333/callback",
  ],
  profiles: ["une liste de noms, chacun une fois", "eine Liste von Namen, jeder nur einmal"],
  "webhook.public_url": [
    "une adresse https avec un nom de domaine",
    "eine https-Adresse mit einem Domainnamen",
  ],
}

const wrongSettings = (error: ConfigError): Sentence => {
  const own = error.mistakes.every(({ key }) => wanted[key] !== undefined)
  if (!own)
    return inEnglish(
      "Ces réglages ne peuvent pas servir",
      "Diese Einstellungen sind unbrauchbar",
      error.message,
    )
  const french = error.mistakes.map(({ found, key }) => `${key} : ${found} ; attendu : ${wanted[key]?.[0]}.`)
  const german = error.mistakes.map(({ found, key }) => `${key}: ${found}; erwartet: ${wanted[key]?.[1]}.`)
  return {
    message: error.message,
    french: `Ces réglages ne peuvent pas servir. ${french.join(" ")}`,
    german: `Diese Einstellungen sind unbrauchbar. ${german.join(" ")}`,
  }
}

/** The core names files and environment variables; whoever is here has a form. */
const noKeys: Sentence = {
  message:
    "The keys are missing: enter the client id and client secret under “Your Withings application” on this page and save them, then connect.",
  french:
    "Il manque les clés : saisissez le client id et le client secret sous «\u00a0Votre application Withings\u00a0» sur cette page et enregistrez-les, puis connectez.",
  german:
    "Die Schlüssel fehlen: Geben Sie Client-ID und Client-Secret unter „Ihre Withings-Anwendung“ auf dieser Seite ein, speichern Sie, dann verbinden Sie.",
}
