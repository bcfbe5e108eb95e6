import { frenchSentence, SignInError } from "@withings-bridge/core"
import type { Sentence } from "../ConsoleState.ts"

type Trouble = { readonly _tag: string; readonly message?: string; readonly french?: string }

/** Why the bridge did not do what the page asked: what the core says already is a sentence for users, in English. */
export const refusalOf = (error: Trouble): Sentence => {
  if (error instanceof SignInError)
    return error.reason === "not-configured"
      ? noKeys
      : { message: error.message, french: frenchSentence(error) }
  if (error._tag === "ParseError") return notUnderstood
  const { message = "It failed.", french } = error
  const reason = error._tag === "ConfigError" ? "Ces réglages ne peuvent pas servir" : "Cela n’a pas abouti"
  return { message, french: french ?? `${reason}. En anglais : ${message}` }
}

const notUnderstood: Sentence = {
  message: "The request was not understood.",
  french: "La demande n’a pas été comprise.",
}

/** The core names files and environment variables; whoever is here has a form. */
const noKeys: Sentence = {
  message:
    "The keys are missing: enter the client id and client secret under “Your Withings application” on this page and save them, then connect.",
  french:
    "Il manque les clés : saisissez le client id et le client secret sous «\u00a0Votre application Withings\u00a0» sur cette page et enregistrez-les, puis connectez.",
}
