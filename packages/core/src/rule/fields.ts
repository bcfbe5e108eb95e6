import { closest } from "../config/closest.ts"
import type { Reader } from "../config/readers.ts"
import { baselineKinds } from "../insight/insightKinds.ts"
import { kindOf, measureKinds } from "../measure/measureKinds.ts"

/** What a form offers for a field. */
export type FieldInput = "text" | "number" | "numbers" | "time" | "measure" | "number-or-measure"

/** One field of a rule or another group. */
export interface Field<A> {
  readonly input: FieldInput
  /** The only words allowed; left out: any measure. */
  readonly words?: ReadonlyArray<string>
  /** Completes "… is wanted". */
  readonly wanted: string
  readonly read: Reader<A>
  /** A suggestion for a mistyped word. */
  readonly meant?: (value: unknown) => string | null
  /** Default; left out for required fields. */
  readonly fallback?: A
}

export type Fields = Readonly<Record<string, Field<unknown>>>
export type Given<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer A> ? A : never
}

const most = 1_000_000

const number = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) && Math.abs(value) <= most ? value : undefined

const longestText = 64

/** A name: of a rule, a person, a bed. */
export const aText: Field<string> = {
  input: "text",
  wanted: `a text of up to ${longestText} letters`,
  read: (value) => {
    const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : ""
    return text !== "" && text.length <= longestText ? text : undefined
  },
}

export const aWord = <A extends string>(words: ReadonlyArray<A>): Field<A> => ({
  input: "text",
  words,
  wanted: `one of ${words.join(", ")}`,
  read: (value) => words.find((word) => word === value),
  meant: (value) => (typeof value === "string" ? closest(value, words) : null),
})

export const aNumber: Field<number> = { input: "number", wanted: "a number", read: number }

/** How far a value has to return before the rule ends, so that it does not flutter. */
export const hysteresis: Field<number> = {
  input: "number",
  wanted: "a number, 0 or more",
  read: (value) => {
    const found = number(value)
    return found !== undefined && found >= 0 ? found : undefined
  },
  fallback: 0,
}

const wordOf = (words: ReadonlyArray<string>, wanted: string): Field<string> => ({
  input: "measure",
  words,
  wanted,
  read: (value) => (typeof value === "string" && words.includes(value) ? value : undefined),
  meant: (value) => (typeof value === "string" ? closest(value, words) : null),
})

const measures = Object.keys(measureKinds)
const namedMeasure = wordOf(measures, "a measure, like weight (docs/measures.md lists all)")

/** Also a part of the body, "muscle-mass@12", and a type without a name, "meastype-999". */
export const aMeasure: Field<string> = {
  ...namedMeasure,
  read: (value) => {
    if (typeof value !== "string") return undefined
    const [, kind = "", place] = /^([^@]+)(@\d+)?$/.exec(value) ?? []
    const isKnown = measures.includes(kind) || /^meastype-\d+$/.test(kind)
    return isKnown && (place === undefined || kindOf(kind).positional === true) ? value : undefined
  },
}

export const aGoal = wordOf(
  ["weight", "steps", "sleep-duration"],
  "a measure that has a goal: weight, steps or sleep-duration",
)

const insights: ReadonlyArray<string> = baselineKinds
export const anInsight = wordOf(insights, `one of ${insights.join(", ")}`)

/** A bound: a number in the measure's unit, or another measure. */
export const someNumbers: Field<number | string> = {
  input: "number-or-measure",
  wanted: "a number, or a measure like goal-steps",
  read: (value) => number(value) ?? aMeasure.read(value),
  meant: (value) => aMeasure.meant?.(value) ?? null,
}

export const someVerdicts: Field<ReadonlyArray<number>> = {
  input: "numbers",
  wanted: "the numbers of a verdict, like [1, 11]",
  read: (value) => {
    const all: ReadonlyArray<unknown> = Array.isArray(value) ? value : [value]
    const read = all.flatMap((each) => number(each) ?? [])
    return read.length > 0 && read.length === all.length ? read : undefined
  },
}

/** Seconds since midnight. */
export const aTime: Field<number> = {
  input: "time",
  wanted: 'a time of day, like "23:30"',
  read: (value) => {
    const [, hours = "", minutes = ""] =
      /^(\d{1,2}):(\d{2})$/.exec(typeof value === "string" ? value.trim() : "") ?? []
    const [hour, minute] = [Number(hours), Number(minutes)]
    return hours !== "" && hour < 24 && minute < 60 ? hour * 3600 + minute * 60 : undefined
  },
}

export const optional = <A>(field: Field<A>): Field<A | null> => ({ ...field, fallback: null })
