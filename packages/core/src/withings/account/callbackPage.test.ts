import { expect, it } from "vitest"
import { languageAsked } from "./callbackPage.ts"

it.each([
  [undefined, "en"],
  ["*", "en"],
  ["de-DE,de;q=0.9", "en"],
  ["fr-CH, fr;q=0.9, en;q=0.8", "fr"],
  ["de, fr;q=0.5, en;q=0.7", "en"],
  ["en-GB,en;q=0.9,fr;q=0.8", "en"],
  ["FR", "fr"],
])("of the languages %s answers in %s", (asked, language) => {
  expect(languageAsked(asked)).toBe(language)
})
