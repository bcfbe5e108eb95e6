import type { Standing, StandingState } from "@withings-bridge/core"
import { language, say } from "../text/language.ts"
import type { Text } from "../text/words.ts"

const words: Readonly<Record<StandingState, Text>> = {
  "signed-in": ["signed in", "connecté", "angemeldet"],
  "needs-sign-in": ["must sign in again", "doit se reconnecter", "muss sich neu anmelden"],
  throttled: [
    "waiting: Withings asked for a pause",
    "en attente : Withings a demandé une pause",
    "wartet: Withings hat um eine Pause gebeten",
  ],
  offline: ["Withings cannot be reached", "Withings est injoignable", "Withings ist nicht erreichbar"],
  "never-signed-in": ["not signed in", "pas connecté", "nicht angemeldet"],
}

const reasons: Partial<Readonly<Record<StandingState, Text>>> = {
  "needs-sign-in": [
    "Withings no longer renews the access.",
    "Withings ne renouvelle plus l’accès.",
    "Withings erneuert den Zugang nicht mehr.",
  ],
  offline: [
    "Withings did not answer. It is retried automatically.",
    "Withings n’a pas répondu. Nouvel essai automatique.",
    "Withings hat nicht geantwortet. Neuer Versuch folgt automatisch.",
  ],
  throttled: [
    "Withings asked for a pause. It resumes automatically.",
    "Withings a demandé une pause. La suite vient d’elle-même.",
    "Withings hat um eine Pause gebeten. Es geht von selbst weiter.",
  ],
}

export const standingWord = (state: StandingState): string => say(words[state])

/** Why a person is in this state. The bridge gives the reason in English; other languages have one text per state. */
export const standingReason = ({ reason, state }: Standing): string | null => {
  if (reason === null || language.get() === "en") return reason
  return reasons[state] ? say(reasons[state]) : null
}
