import type { Fields, Given } from "../rule/fields.ts"
import { readRules } from "../rule/readRules.ts"
import type { Rule } from "../rule/Rule.ts"
import { foundText } from "./foundText.ts"
import { type MistakeIn, placeIn } from "./MistakeIn.ts"
import { isGiven, readGroups } from "./readFields.ts"
import type { Setting } from "./settings.ts"

// Settings of a form: an invalid entry is reported and left out, an empty one ignored.

/** A list of words or names. */
export const listOf = <A>(
  wanted: string,
  read: (value: unknown) => A | undefined,
): Setting<ReadonlyArray<A>> => ({
  wanted: `a list: ${wanted} each`,
  read: (value) => (Array.isArray(value) ? value.flatMap((entry: unknown) => read(entry) ?? []) : undefined),
  mistakesIn: (value) =>
    listIn(value).flatMap((entry, index): ReadonlyArray<MistakeIn> =>
      isGiven(entry) && read(entry) === undefined
        ? [{ at: `[${index}]`, found: foundText(entry), wanted }]
        : [],
    ),
})

/** A list of groups with the same fields. */
export const groupsOf = <F extends Fields>(wanted: string, fields: F): Setting<ReadonlyArray<Given<F>>> => ({
  wanted: `a list: ${wanted} each`,
  read: (value) => (Array.isArray(value) ? readGroups(value, fields, wanted).groups : undefined),
  mistakesIn: (value) => readGroups(listIn(value), fields, wanted).mistakes,
})

export const ruleList: Setting<ReadonlyArray<Rule>> = {
  wanted: "a list of rules",
  read: (value) => readRules(value).rules,
  mistakesIn: (value) =>
    readRules(value).mistakes.map(({ path, ...what }) => ({ at: placeIn(path), ...what })),
}

const listIn = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])
