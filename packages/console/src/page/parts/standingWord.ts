import type { Standing, StandingState } from "@withings-bridge/core"
import { language, t } from "../text/language.ts"

export const standingWord = (state: StandingState): string => t(state === "offline" ? "offline_" : state)

/** Why someone stands as they do. The bridge knows it in English; other languages say what it means for the person. */
export const standingReason = ({ reason, state }: Standing): string | null => {
  if (reason === null || language.get() === "en") return reason
  if (state === "needs-sign-in") return t("reasonSignIn")
  return state === "offline" ? t("reasonOffline") : state === "throttled" ? t("reasonThrottled") : null
}
