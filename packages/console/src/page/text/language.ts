import type { Text, Trouble, TroubleCode } from "@withings-bridge/core"
import type { Sentence } from "../../ConsoleState.ts"
import { signal } from "../state/signal.ts"
import { en, type TextKey } from "./en.ts"

export const languages = { en: "English", fr: "Français", de: "Deutsch" } as const

export type Language = keyof typeof languages

/** What a trouble is called in a language that the bridge does not speak itself. */
type TroubleTexts = Readonly<Record<TroubleCode, readonly [found: string, remedy: string]>>

/** Everything that is said in one language. English comes with the page, the others when they are wanted. */
export interface Tongue {
  readonly sentences: Readonly<Record<TextKey, string>>
  readonly named: (text: Text) => string
  /** null: as the bridge says it. */
  readonly troubles: TroubleTexts | null
}

const english: Tongue = { sentences: en, named: (text) => text.en, troubles: null }

const tongues: Readonly<Record<Language, () => Promise<Tongue>>> = {
  en: () => Promise.resolve(english),
  fr: () => import("./french.ts").then(({ french }) => french),
  de: () => import("./german.ts").then(({ german }) => german),
}

export const languageOf = (name: string | null | undefined): Language | null => {
  const known = (name ?? "").slice(0, 2).toLowerCase()
  return known === "en" || known === "fr" || known === "de" ? known : null
}

/** The first of the reader's languages that the page speaks. */
const wished = (): Language =>
  (globalThis.navigator?.languages ?? []).map(languageOf).find((known) => known !== null) ?? "en"

let tongue = english

export const language = signal<Language>("en")

/** The language that was chosen on this browser, else the one it asks for. */
export const firstLanguage = (): Language => languageOf(localStorage.getItem("language")) ?? wished()

export const speak = async (chosen: Language): Promise<void> => {
  tongue = await tongues[chosen]()
  if (globalThis.document) document.documentElement.lang = chosen
  language.set(chosen)
}

/** Speaks a language from now on, also at the next visit. */
export const chooseLanguage = (chosen: Language): Promise<void> => {
  localStorage.setItem("language", chosen)
  return speak(chosen)
}

/** The sentence of a key in the chosen language, with its `{places}` filled. */
export const t = (key: TextKey, places: Readonly<Record<string, string | number>> = {}): string =>
  Object.entries(places).reduce(
    (sentence, [place, value]) => sentence.replace(`{${place}}`, () => String(value)),
    tongue.sentences[key],
  )

/** What the bridge says, in the chosen language. */
export const said = ({ french, german, message }: Sentence): string =>
  ({ en: message, fr: french, de: german })[language.get()]

/** A name that the model carries, in the chosen language. */
export const named = (text: Text): string => tongue.named(text)

/** What is wrong and what to do about it. */
export const troubleSaid = ({ code, found, remedy }: Trouble): readonly [found: string, remedy: string] =>
  tongue.troubles?.[code] ?? [found, remedy]
