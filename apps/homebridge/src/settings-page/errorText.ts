import { frenchSentence, germanSentence, SignInError } from "@withings-bridge/core"
import type { PageLanguage } from "../pageLanguage.ts"

/** What went wrong, in the page's language where there are words for it. */
export const errorText = (error: unknown, language: PageLanguage): string => {
  if (!(error instanceof SignInError)) return error instanceof Error ? error.message : String(error)
  if (language === "fr") return frenchSentence(error)
  return language === "de" ? germanSentence(error) : error.message
}
