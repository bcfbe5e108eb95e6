import { SignInError, type SignInReason, type Text } from "@withings-bridge/core"
import { Clock, Context, Data, Effect, Layer, Ref } from "effect"

/** The only callback address that Gladys supports. */
const redirectAddress = "https://my.gladysassistant.com/redirect/oauth"

/** What went wrong with a sign-in and what to do, in the terms of Gladys' pages. */
const sentences: Readonly<Record<SignInReason, (detail: string) => Text>> = {
  "not-configured": () => ({
    en: "Enter the client ID and the client secret below and save the configuration first, then press Connect.",
    fr: "Saisissez d'abord l'identifiant client et le secret client ci-dessous, enregistrez la configuration, puis cliquez sur Connecter.",
  }),
  "unknown-state": () => ({
    en: "The sign-in was not started here, or was finished already. Press Connect again.",
    fr: "Cette connexion n'a pas été commencée ici, ou est déjà terminée. Cliquez de nouveau sur Connecter.",
  }),
  "expired-state": () => ({
    en: "The sign-in took longer than 15 minutes. Press Connect again.",
    fr: "La connexion a pris plus de 15 minutes. Cliquez de nouveau sur Connecter.",
  }),
  cancelled: () => ({
    en: "The access was not allowed at Withings. Press Connect again and allow it.",
    fr: "L'accès n'a pas été autorisé chez Withings. Cliquez de nouveau sur Connecter et autorisez-le.",
  }),
  "code-refused": (detail) => ({
    en: `Withings did not accept the sign-in (${detail}). Press Connect again.`,
    fr: `Withings n'a pas accepté la connexion (${detail}). Cliquez de nouveau sur Connecter.`,
  }),
  "redirect-mismatch": () => ({
    en: `Withings does not know Gladys' redirect URI. Register exactly ${redirectAddress} as callback URL of your application at developer.withings.com, then press Connect again.`,
    fr: `Withings ne connaît pas l'adresse de redirection de Gladys. Déclarez exactement ${redirectAddress} comme adresse de rappel de votre application sur developer.withings.com, puis cliquez de nouveau sur Connecter.`,
  }),
  "wrong-secret": () => ({
    en: "Withings did not accept the client ID or the client secret. Compare both with your application at developer.withings.com, save the configuration and press Connect again.",
    fr: "Withings n'a pas accepté l'identifiant client ou le secret client. Comparez-les avec votre application sur developer.withings.com, enregistrez la configuration et cliquez de nouveau sur Connecter.",
  }),
  "missing-scope": (detail) => ({
    en: `Some permissions were not given at Withings (${detail}). Press Connect again and leave all of them ticked.`,
    fr: `Certaines autorisations n'ont pas été données chez Withings (${detail}). Cliquez de nouveau sur Connecter et laissez-les toutes cochées.`,
  }),
  "other-person": (detail) => ({
    en: `The Withings account that was signed in is not ${detail}'s, or belongs to someone who is connected already. Nothing was changed: sign out at account.withings.com, then press Connect again.`,
    fr: `Le compte Withings utilisé n'est pas celui de ${detail}, ou appartient à une personne déjà connectée. Rien n'a changé : déconnectez-vous sur account.withings.com, puis cliquez de nouveau sur Connecter.`,
  }),
  "other-household": () => ({
    en: "This Withings account already belongs to another household of the hub. Remove the person there first, then press Connect again.",
    fr: "Ce compte Withings appartient déjà à un autre foyer du hub. Retirez-y d'abord la personne, puis cliquez de nouveau sur Connecter.",
  }),
  unreachable: () => ({
    en: "Withings could not be reached to finish the sign-in. Press Connect again.",
    fr: "Withings n'a pas pu être joint pour terminer la connexion. Cliquez de nouveau sur Connecter.",
  }),
}

/** Withings took longer than Gladys waits. */
export class TookTooLong extends Data.TaggedError("TookTooLong") {
  override get message() {
    return "Withings took too long to answer. Try again."
  }
}

const tooLong: Text = {
  en: "Withings took too long to answer the sign-in. Press Connect again.",
  fr: "Withings a mis trop de temps à répondre à la connexion. Cliquez de nouveau sur Connecter.",
}

const refusalText = (error: { readonly message: string }): Text => {
  if (error instanceof TookTooLong) return tooLong
  if (error instanceof SignInError) return sentences[error.reason](error.detail ?? "")
  return { en: `The sign-in failed: ${error.message}`, fr: `La connexion a échoué : ${error.message}` }
}

const shownFor = 10 * 60_000

/** The reason of the last failed sign-in, for the status: Gladys' page does not show it. */
export class LastRefusal extends Context.Tag("withings-gladys/integration/LastRefusal")<
  LastRefusal,
  {
    readonly keep: (error: { readonly message: string }) => Effect.Effect<void>
    readonly clear: Effect.Effect<void>
    /** null: none in the last ten minutes. */
    readonly get: Effect.Effect<Text | null>
  }
>() {
  static readonly layer = Layer.effect(
    LastRefusal,
    Effect.gen(function* () {
      const last = yield* Ref.make<{ readonly text: Text; readonly at: number } | null>(null)
      return {
        keep: (error) =>
          Effect.gen(function* () {
            const text = refusalText(error)
            yield* Effect.logWarning(`The sign-in was refused: ${text.en}`)
            yield* Ref.set(last, { text, at: yield* Clock.currentTimeMillis })
          }),
        clear: Ref.set(last, null),
        get: Effect.gen(function* () {
          const refusal = yield* Ref.get(last)
          const now = yield* Clock.currentTimeMillis
          return refusal === null || now - refusal.at > shownFor ? null : refusal.text
        }),
      }
    }),
  )
}
