import { SignInError, type SignInReason } from "./SignInError.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { HttpError } from "./WithingsHttp.ts"

const sentences: Readonly<Record<SignInReason, (detail: string) => string>> = {
  "not-configured": () =>
    "The bridge is not set up yet: it needs the client id and client secret of an application at developer.withings.com, in config.yaml (withings: client_id, client_secret) or in WITHINGS_CLIENT_ID and WITHINGS_CLIENT_SECRET.",
  "unknown-state": () =>
    "This address belongs to no sign-in that was started here, or was used already. Start the sign-in again and take the whole address that you land on.",
  "expired-state": () =>
    "This sign-in was started too long ago. Start it again; there are 15 minutes for it.",
  cancelled: () => "The sign-in was cancelled at Withings. Start it again and choose to allow the access.",
  "code-refused": (detail) =>
    `Withings did not accept the code${detail}. A code is valid for 30 seconds and once: start the sign-in again and be quick with pasting.`,
  "redirect-mismatch": (detail) =>
    `Withings did not accept the callback address. Register exactly this one at developer.withings.com: ${detail}`,
  "wrong-secret": () =>
    "Withings did not accept the client id or client secret. Compare both with the application at developer.withings.com.",
  "missing-scope": (detail) =>
    `These permissions were not given: ${detail}. Start the sign-in again and leave all of them ticked.`,
  "other-person": (detail) =>
    `Whoever signed in at Withings is not ${detail}, or ${detail} is someone else already. Nothing was changed. Sign out at account.withings.com and start again.`,
  unreachable: (detail) => `The sign-in could not be finished: ${detail} Start it again.`,
}

export const signInError = (reason: SignInReason, detail = ""): SignInError =>
  new SignInError({ reason, message: sentences[reason](detail) })

/** What a refused exchange of the code has to do with the user. Withings tells the cases apart only by its words. */
export const fromExchange = (error: Exclude<HttpError, StoreError>, callbackUrl: string): SignInError => {
  if (!("detail" in error) || error._tag === "WithingsFailed")
    return signInError("unreachable", error.message)
  const words = error.detail ?? ""
  if (/redirect/i.test(words)) return signInError("redirect-mismatch", callbackUrl)
  if (/client|secret/i.test(words)) return signInError("wrong-secret")
  if (/scope/i.test(words)) return signInError("missing-scope", words)
  if (error._tag === "AuthenticationFailed") return signInError("wrong-secret")
  return signInError("code-refused", ` (status ${error.status}${words === "" ? "" : `, ${words}`})`)
}
