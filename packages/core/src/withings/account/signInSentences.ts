import { SignInError, type SignInReason } from "./SignInError.ts"
import type { StoreError } from "../../store/StoreError.ts"
import type { HttpError } from "../client/WithingsHttp.ts"

type Sentences = Readonly<Record<SignInReason, (detail: string) => string>>

const inBrackets = (detail: string) => (detail === "" ? "" : ` (${detail})`)

const english: Sentences = {
  "not-configured": () =>
    "The bridge is not set up yet: it needs the client id and client secret of an application at developer.withings.com, in config.yaml (withings: client_id, client_secret) or in WITHINGS_CLIENT_ID and WITHINGS_CLIENT_SECRET.",
  "unknown-state": () =>
    "This address belongs to no sign-in that was started here, or was used already. Start the sign-in again and take the whole address that you land on.",
  "expired-state": () => "This sign-in was started too long ago. Start it again; you have 15 minutes.",
  cancelled: () => "The sign-in was cancelled at Withings. Start it again and choose to allow the access.",
  "code-refused": (detail) =>
    `Withings did not accept the code${inBrackets(detail)}. Codes expire after 30 seconds and work once: start the sign-in again and paste the address right away.`,
  "redirect-mismatch": (detail) =>
    `Withings did not accept the callback address. Register exactly this one at developer.withings.com: ${detail}`,
  "wrong-secret": () =>
    "Withings did not accept the client id or client secret. Compare both with the application at developer.withings.com.",
  "missing-scope": (detail) =>
    `These permissions were not given: ${detail}. Start the sign-in again and leave all of them ticked.`,
  "other-person": (detail) =>
    `The Withings account you signed in with is not ${detail}'s, or ${detail} is linked to another account already. Nothing was changed. Sign out at account.withings.com and start again.`,
  "other-household": () =>
    "This Withings account already belongs to another household here. Remove the person there first, then start the sign-in again.",
  unreachable: (detail) => `The sign-in could not be finished: ${detail} Start it again.`,
}

const french: Sentences = {
  "not-configured": () =>
    "La passerelle n’est pas encore configurée : il lui faut le client id et le client secret d’une application de developer.withings.com, dans config.yaml (withings: client_id, client_secret) ou dans WITHINGS_CLIENT_ID et WITHINGS_CLIENT_SECRET.",
  "unknown-state": () =>
    "Cette adresse n’appartient à aucune connexion commencée ici, ou a déjà servi. Recommencez la connexion et prenez l’adresse entière de la page d’arrivée.",
  "expired-state": () =>
    "Cette connexion a été commencée il y a trop longtemps. Recommencez ; vous avez 15 minutes.",
  cancelled: () => "La connexion a été annulée chez Withings. Recommencez et choisissez d’autoriser l’accès.",
  "code-refused": (detail) =>
    `Withings n’a pas accepté le code${inBrackets(detail)}. Un code est valable 30 secondes et une seule fois : recommencez la connexion et collez vite.`,
  "redirect-mismatch": (detail) =>
    `Withings n’a pas accepté l’adresse de rappel. Déclarez exactement celle-ci sur developer.withings.com : ${detail}`,
  "wrong-secret": () =>
    "Withings n’a pas accepté le client id ou le client secret. Comparez les deux avec l’application sur developer.withings.com.",
  "missing-scope": (detail) =>
    `Ces autorisations n’ont pas été données : ${detail}. Recommencez la connexion et laissez-les toutes cochées.`,
  "other-person": (detail) =>
    `La personne connectée chez Withings n’est pas ${detail}, ou ${detail} est déjà quelqu’un d’autre. Rien n’a changé. Déconnectez-vous sur account.withings.com et recommencez.`,
  "other-household": () =>
    "Ce compte Withings appartient déjà à un autre foyer ici. Retirez-y d’abord la personne, puis recommencez la connexion.",
  // The detail is an English sentence.
  unreachable: () =>
    "La connexion n’a pas pu être terminée : Withings n’a pas répondu comme il faut. Vérifiez le réseau et recommencez.",
}

const german: Sentences = {
  "not-configured": () =>
    "Die Brücke ist noch nicht eingerichtet: Sie braucht die Client-ID und das Client-Secret einer Anwendung von developer.withings.com, in config.yaml (withings: client_id, client_secret) oder in WITHINGS_CLIENT_ID und WITHINGS_CLIENT_SECRET.",
  "unknown-state": () =>
    "Diese Adresse gehört zu keiner Anmeldung, die hier begonnen wurde, oder wurde schon benutzt. Beginnen Sie die Anmeldung neu und nehmen Sie die ganze Adresse der Seite, auf der Sie ankommen.",
  "expired-state": () =>
    "Diese Anmeldung wurde vor zu langer Zeit begonnen. Beginnen Sie neu; Sie haben 15 Minuten.",
  cancelled: () =>
    "Die Anmeldung wurde bei Withings abgebrochen. Beginnen Sie neu und erlauben Sie den Zugriff.",
  "code-refused": (detail) =>
    `Withings hat den Code nicht angenommen${inBrackets(detail)}. Ein Code gilt 30 Sekunden und nur einmal: Beginnen Sie die Anmeldung neu und fügen Sie ihn rasch ein.`,
  "redirect-mismatch": (detail) =>
    `Withings hat die Callback-Adresse nicht angenommen. Tragen Sie auf developer.withings.com genau diese ein: ${detail}`,
  "wrong-secret": () =>
    "Withings hat die Client-ID oder das Client-Secret nicht angenommen. Vergleichen Sie beide mit der Anwendung auf developer.withings.com.",
  "missing-scope": (detail) =>
    `Diese Berechtigungen wurden nicht erteilt: ${detail}. Beginnen Sie die Anmeldung neu und lassen Sie alle angekreuzt.`,
  "other-person": (detail) =>
    `Wer sich bei Withings angemeldet hat, ist nicht ${detail}, oder ${detail} ist schon jemand anderes. Nichts wurde geändert. Melden Sie sich auf account.withings.com ab und beginnen Sie neu.`,
  "other-household": () =>
    "Dieses Withings-Konto gehört hier schon zu einem anderen Haushalt. Entfernen Sie die Person zuerst dort und beginnen Sie die Anmeldung dann neu.",
  unreachable: () =>
    "Die Anmeldung konnte nicht abgeschlossen werden: Withings hat nicht geantwortet, wie es soll. Prüfen Sie das Netz und beginnen Sie neu.",
}

const sentences = { en: english, fr: french, de: german }

export const signInError = (reason: SignInReason, detail = ""): SignInError =>
  new SignInError({ reason, message: english[reason](detail), detail })

/** What went wrong, in the language where it is an error of a sign-in, else in English. */
export const errorText = (error: unknown, language: keyof typeof sentences): string => {
  if (error instanceof SignInError && language !== "en")
    return sentences[language][error.reason](error.detail ?? "")
  return error instanceof Error ? error.message : String(error)
}

/** A refused exchange of the code, for the user. Withings tells the cases apart only in its error text. */
export const fromExchange = (error: Exclude<HttpError, StoreError>, callbackUrl: string): SignInError => {
  if (!("detail" in error) || error._tag === "WithingsFailed")
    return signInError("unreachable", error.message)
  const words = error.detail ?? ""
  if (/redirect/i.test(words)) return signInError("redirect-mismatch", callbackUrl)
  if (/client|secret/i.test(words)) return signInError("wrong-secret")
  if (/scope/i.test(words)) return signInError("missing-scope", words)
  if (error._tag === "AuthenticationFailed") return signInError("wrong-secret")
  return signInError("code-refused", `status ${error.status}${words === "" ? "" : `, ${words}`}`)
}
