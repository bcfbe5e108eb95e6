import type { StandingState } from "@withings-bridge/core"
import { t } from "../text/language.ts"

export const standingWord = (state: StandingState): string => t(state === "offline" ? "offline_" : state)
