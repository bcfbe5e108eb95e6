/** The languages of the settings page, chosen by Homebridge's UI. Names in Home have a separate setting. */
export const pageLanguages = ["en", "de", "fr"] as const
export type PageLanguage = (typeof pageLanguages)[number]

export type Sentence = Readonly<Record<PageLanguage, string>>

/** "de" of "de", "de-CH" or "de_AT"; English for every language that the page does not speak. */
export const toPageLanguage = (asked: unknown): PageLanguage => {
  const language = typeof asked === "string" ? asked.toLowerCase().split(/[-_]/)[0] : ""
  return pageLanguages.find((one) => one === language) ?? "en"
}
