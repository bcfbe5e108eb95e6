import type { HttpBody, HttpServerError } from "@effect/platform"
import {
  type ConfigError,
  type ConfigMistake,
  errorText,
  type RuleError,
  type SignInError,
  type StoreError,
  type WeighingError,
  type WithingsError,
} from "@withings-bridge/core"
import type { ParseResult } from "effect"
import type { Sentence } from "../ConsoleState.ts"
import type { BackupFailed } from "./ConsoleOptions.ts"
import { inEveryLanguage, mistakeSaid } from "./phrases.ts"
import type { Refusal } from "./refuse.ts"

/** Every error of a request of the page. A new one does not compile until it has its sentences. */
export type Refused =
  | BackupFailed
  | ConfigError
  | HttpBody.HttpBodyError
  | HttpServerError.HttpServerError
  | ParseResult.ParseError
  | Refusal
  | RuleError
  | SignInError
  | StoreError
  | WeighingError
  | WithingsError

/** The sentence of an error in every language of the page. */
export const refusalOf = (error: Refused): Sentence => {
  switch (error._tag) {
    case "Refusal":
      return { message: error.message, french: error.french, german: error.german }
    case "SignInError":
      return error.reason === "not-configured"
        ? noKeys
        : { message: error.message, french: errorText(error, "fr"), german: errorText(error, "de") }
    case "ConfigError":
      return wrongSettings(error)
    case "RuleError":
      return wrongRule(error)
    case "StoreError":
    case "BackupFailed":
    case "WeighingError":
      return { message: error.message, ...said[error._tag] }
    // The message of a ParseError contains the input; deeply nested input overflows the stack.
    case "ParseError":
    case "RequestError":
    case "ResponseError":
    case "RouteNotFound":
    case "ServeError":
    case "HttpBodyError":
      return notUnderstood
    default:
      return { message: error.message, ...withingsSaid[error._tag] }
  }
}

type InOtherLanguages = Omit<Sentence, "message">

/** The English message has details from SQLite or the system. The log has them too. */
const said: Readonly<Record<"StoreError" | "BackupFailed" | "WeighingError", InOtherLanguages>> = {
  StoreError: {
    french: "La base de données n’a pas pu être lue ou écrite. Le journal dit pourquoi.",
    german: "Die Datenbank konnte nicht gelesen oder beschrieben werden. Das Protokoll sagt, warum.",
  },
  BackupFailed: {
    french: "La sauvegarde n’a pas abouti. Le journal dit pourquoi.",
    german: "Die Sicherung hat nicht geklappt. Das Protokoll sagt, warum.",
  },
  WeighingError: {
    french: "Cette pesée n’existe plus, ou Withings ne la liste pas pour cette personne.",
    german: "Diese Wägung gibt es nicht mehr, oder Withings führt sie nicht für diese Person.",
  },
}

const mayNot: InOtherLanguages = {
  french:
    "Withings ne le permet pas pour cette personne. Reconnectez-la et laissez toutes les autorisations cochées.",
  german:
    "Withings erlaubt das für diese Person nicht. Melden Sie sie neu an und lassen Sie alle Berechtigungen angekreuzt.",
}
const failed: InOtherLanguages = {
  french: "Withings n’a pas répondu comme il faut. Réessayez plus tard ; le journal dit pourquoi.",
  german: "Withings hat nicht geantwortet, wie es soll. Versuchen Sie es später; das Protokoll sagt, warum.",
}

/** Of an ECG's curve, the only data that is requested from Withings while the page waits. */
const withingsSaid: Readonly<Record<Exclude<WithingsError, StoreError>["_tag"], InOtherLanguages>> = {
  AuthenticationFailed: mayNot,
  Unauthorized: mayNot,
  NeedsSignIn: mayNot,
  OtherApplication: mayNot,
  InvalidParams: failed,
  NotImplemented: failed,
  WithingsFailed: failed,
  Garbled: failed,
  Unreachable: {
    french: "Withings est injoignable. Vérifiez le réseau et réessayez.",
    german: "Withings ist nicht erreichbar. Prüfen Sie das Netz und versuchen Sie es noch einmal.",
  },
  TooManyRequests: {
    french: "Withings demande une pause. Réessayez dans quelques minutes.",
    german: "Withings bittet um eine Pause. Versuchen Sie es in einigen Minuten noch einmal.",
  },
}

const notUnderstood: Sentence = {
  message: "The request was not understood.",
  french: "La demande n’a pas été comprise.",
  german: "Die Anfrage wurde nicht verstanden.",
}

const wrongSettings = (error: ConfigError): Sentence => {
  const all = error.mistakes.map((mistake) => ({
    mistake,
    // Details of the parser or the system are only in English, so they are left out.
    said: mistake.key === "the file" ? neededOf(mistake) : mistakeSaid(mistake),
  }))
  const french = all.map(({ mistake, said }) => `${placeOf(mistake, "ligne")} : ${said.french}.`)
  const german = all.map(({ mistake, said }) => `${placeOf(mistake, "Zeile")}: ${said.german}.`)
  return {
    message: error.message,
    french: `Ces réglages ne peuvent pas servir. ${french.join(" ")}`,
    german: `Diese Einstellungen sind unbrauchbar. ${german.join(" ")}`,
  }
}

const neededOf = ({ found, wanted }: ConfigMistake): Sentence => {
  const { french, german } = inEveryLanguage(wanted)
  return { message: found, french: `il faut ${french}`, german: `nötig ist ${german}` }
}

const placeOf = ({ key, line, source }: ConfigMistake, lineWord: string): string => {
  if (key === "the file") return line === null ? source : `${source}, ${lineWord} ${line}`
  return line === null ? key : `${source}, ${lineWord} ${line}, ${key}`
}

const wrongRule = ({ message, mistakes }: RuleError): Sentence => {
  if (mistakes.length === 0)
    return {
      message,
      french: "Cette règle a été modifiée ou retirée dans config.yaml. Rechargez les règles et réessayez.",
      german:
        "Diese Regel wurde in config.yaml geändert oder entfernt. Laden Sie die Regeln neu und versuchen Sie es noch einmal.",
    }
  const all = mistakes.map((mistake) => ({ where: mistake.path.join("."), said: mistakeSaid(mistake) }))
  const french = all.map(({ said, where }) => `${where || "la règle"} : ${said.french}.`)
  const german = all.map(({ said, where }) => `${where || "die Regel"}: ${said.german}.`)
  return {
    message,
    french: `Cette règle ne peut pas être enregistrée. ${french.join(" ")}`,
    german: `Diese Regel kann nicht gespeichert werden. ${german.join(" ")}`,
  }
}

/** The core's sentence names files and environment variables, but users of the page have a form. */
const noKeys: Sentence = {
  message:
    "The keys are missing: enter the client id and client secret under “Your Withings application” on this page and save them, then connect.",
  french:
    "Il manque les clés : saisissez le client id et le client secret sous «\u00a0Votre application Withings\u00a0» sur cette page et enregistrez-les, puis connectez.",
  german:
    "Die Schlüssel fehlen: Geben Sie Client-ID und Client-Secret unter „Ihre Withings-Anwendung“ auf dieser Seite ein, speichern Sie, dann verbinden Sie.",
}
