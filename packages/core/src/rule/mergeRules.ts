import type { Rule } from "./Rule.ts"

/** A rule of the first list replaces one with the same name in the second. */
export const mergeRules = (first: ReadonlyArray<Rule>, second: ReadonlyArray<Rule>): ReadonlyArray<Rule> => [
  ...first,
  ...second.filter((rule) => !first.some(({ id }) => id === rule.id)),
]
