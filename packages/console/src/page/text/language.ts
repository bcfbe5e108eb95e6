import type { Text as Name, Trouble } from "@withings-bridge/core"
import type { Sentence } from "../../ConsoleState.ts"
import { signal } from "../state/signal.ts"
import { germanOf } from "./german.ts"
import { troubles } from "./troubles.ts"
import { type Text, words } from "./words.ts"

export const languages = { en: "English", fr: "Français", de: "Deutsch" } as const

export type Language = keyof typeof languages

export const languageOf = (name: string | null | undefined): Language | null => {
  const known = (name ?? "").slice(0, 2).toLowerCase()
  return known === "en" || known === "fr" || known === "de" ? known : null
}

export const language = signal<Language>("en")

export const speak = (chosen: Language): void => {
  if (globalThis.document) document.documentElement.lang = chosen
  language.set(chosen)
}

/** Starts in the language chosen on this browser, else in the first of the browser's languages that the page has. */
export const speakFirst = (): void =>
  speak(
    languageOf(localStorage.getItem("language")) ??
      navigator.languages.map(languageOf).find((known) => known !== null) ??
      "en",
  )

/** Switches to a language and remembers it. */
export const chooseLanguage = (chosen: Language): void => {
  localStorage.setItem("language", chosen)
  speak(chosen)
}

type Places = Readonly<Record<string, string | number>>

const order = { en: 0, fr: 1, de: 2 } as const

/** A text in the chosen language, with its `{places}` filled. */
export const say = (text: Text, places: Places = {}): string =>
  Object.entries(places).reduce(
    (sentence, [place, value]) => sentence.replace(`{${place}}`, () => String(value)),
    text[order[language.get()]],
  )

/**
 * The texts of one part of the page, kept in its own file, together with the shared words. A text without one of the
 * languages does not compile.
 */
export const texts = <Own extends Readonly<Record<string, Text>>>(own: Own) => {
  const all = { ...words, ...own }
  return (key: keyof Own | keyof typeof words, places?: Places): string => say(all[key], places)
}

/** For parts that have only shared words. */
export const t = texts({})

/** A sentence of the bridge in the chosen language. */
export const said = ({ french, german, message }: Sentence): string => say([message, french, german])

/** A name from the model in the chosen language. */
export const named = (name: Name): string => {
  const chosen = language.get()
  return chosen === "de" ? germanOf(name.en) : name[chosen]
}

/** A trouble in the chosen language; the bridge itself sends English. */
export const troubleSaid = ({ code, found, remedy }: Trouble): readonly [found: string, remedy: string] => {
  const known: (typeof troubles)[Trouble["code"]] | undefined = troubles[code]
  // A page that has been open since before an update meets codes that it does not know.
  if (known === undefined) return [found, remedy]
  const [french, frenchRemedy, german, germanRemedy] = known
  return [say([found, french, german]), say([remedy, frenchRemedy, germanRemedy])]
}
