import { aText, type EntryPreview, type PersonPreview } from "@withings-bridge/core"
import type { PageLanguage, Sentence } from "../pageLanguage.ts"
import { contactStates, openings, ruleTexts } from "./pageTexts.ts"

const semicolon: Sentence = { en: ";", de: ";", fr: " ;" }

const day = 86_400

/** A rule of the form, saved or not. */
export interface RuleRow {
  /** Empty while it has none. */
  readonly name: string
  readonly lines: ReadonlyArray<{
    /** null: it is about the rule itself. */
    readonly person: string | null
    /** "open now; opened 4 times in the last 90 days, last yesterday" */
    readonly sentence: string
  }>
}

/** @param now epoch seconds */
export const toRuleRow = (
  entry: unknown,
  { mistakes, persons }: EntryPreview,
  now: number,
  language: PageLanguage,
): RuleRow => {
  const own = (sentence: string) => [{ person: null, sentence }]
  const name = nameOf(entry)
  if (mistakes.length > 0) return { name, lines: own(ruleTexts.mistaken[language]) }
  if (persons.length === 0) return { name, lines: own(ruleTexts.nobody[language]) }
  const lines = persons.map((preview) => ({
    person: preview.person.name,
    sentence: sentenceOf(preview, now, language),
  }))
  return { name, lines }
}

const nameOf = (entry: unknown): string =>
  typeof entry === "object" && entry !== null && "name" in entry ? (aText.read(entry.name) ?? "") : ""

const sentenceOf = ({ holds, spans }: PersonPreview, now: number, language: PageLanguage): string => {
  const state = contactStates[holds === null ? "unknown" : holds ? "open" : "closed"][language]
  if (holds === null) return state
  if (spans === null) return `${state}${semicolon[language]} ${ruleTexts.withoutPast[language]}`
  const last = spans.at(-1)
  const daysAgo = last === undefined ? null : Math.max(0, Math.floor((now - last.from) / day))
  return `${state}${semicolon[language]} ${openings(spans.length, daysAgo, language)}`
}
