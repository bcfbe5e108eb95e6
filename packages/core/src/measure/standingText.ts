import type { StandingState } from "./Person.ts"

/** The state of a person's sign-in, to follow the name. */
export const standingText: Readonly<
  Record<StandingState, { readonly en: string; readonly de: string; readonly fr: string }>
> = {
  "signed-in": { en: "signed in", de: "angemeldet", fr: "connecté" },
  "needs-sign-in": {
    en: "signed out; has to sign in again. The last values are kept",
    de: "abgemeldet; muss sich neu anmelden. Die letzten Werte bleiben",
    fr: "déconnecté ; doit se reconnecter. Les dernières valeurs restent",
  },
  throttled: {
    en: "signed in; Withings asks for a pause, new measures come later",
    de: "angemeldet; Withings bittet um eine Pause, neue Messungen kommen später",
    fr: "connecté ; Withings demande une pause, les nouvelles mesures viendront plus tard",
  },
  offline: {
    en: "signed in; Withings cannot be reached, the last values are kept",
    de: "angemeldet; Withings ist nicht erreichbar, die letzten Werte bleiben",
    fr: "connecté ; Withings est injoignable, les dernières valeurs restent",
  },
  "never-signed-in": {
    en: "not signed in",
    de: "nicht angemeldet",
    fr: "non connecté",
  },
}

/** Whether new data can arrive. */
export const hasAccess = (state: StandingState): boolean =>
  state !== "needs-sign-in" && state !== "never-signed-in"
