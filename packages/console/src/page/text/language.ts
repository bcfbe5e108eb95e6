import type { Text } from "@withings-bridge/core"
import type { Sentence } from "../../ConsoleState.ts"
import { signal } from "../state/signal.ts"
import { en, type TextKey } from "./en.ts"
import { fr } from "./fr.ts"

export type Language = "en" | "fr"

const remembered = localStorage.getItem("language")

export const language = signal<Language>(
  remembered === "en" || remembered === "fr" ? remembered : navigator.language.startsWith("fr") ? "fr" : "en",
)

export const speak = (chosen: Language): void => {
  localStorage.setItem("language", chosen)
  document.documentElement.lang = chosen
  language.set(chosen)
}

const tables = { en, fr }

/** The sentence of a key in the chosen language, with its `{places}` filled. */
export const t = (key: TextKey, places: Readonly<Record<string, string | number>> = {}): string =>
  Object.entries(places).reduce(
    (sentence, [place, value]) => sentence.replace(`{${place}}`, String(value)),
    tables[language.get()][key] as string,
  )

/** What the bridge says, in the chosen language. */
export const said = ({ french, message }: Sentence): string => (language.get() === "fr" ? french : message)

/** A name that the model carries in both languages. */
export const named = (text: Text): string => text[language.get()]
