import { escapeHtml } from "../../http/escapeHtml.ts"
import type { Text } from "../../measure/MeasureKind.ts"

type Language = keyof Text

/** The most preferred of our languages in an `Accept-Language` header (`fr-CH, fr;q=0.9, en;q=0.8`). */
export const languageAsked = (acceptLanguage = ""): Language =>
  acceptLanguage
    .split(",")
    .map((range) => {
      const [name = "", quality = ""] = range.trim().split(/\s*;\s*q=/)
      return { name: name.slice(0, 2).toLowerCase(), quality: quality === "" ? 1 : Number(quality) }
    })
    .toSorted((one, other) => other.quality - one.quality)
    .map(({ name }) => name)
    .find((name) => name === "en" || name === "fr") ?? "en"

/** The page after the redirect from Withings. It loads nothing, so that the code in its address leaks nowhere. */
export const callbackPage = (title: Text, text: Text, language: Language): string => `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title[language])} · Withings Bridge</title>
<style>
  body { font: 18px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem; color-scheme: light dark; }
</style>
<h1>${escapeHtml(title[language])}</h1>
<p>${escapeHtml(text[language])}</p>
</html>
`
