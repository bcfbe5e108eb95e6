import { conditions } from "./conditions.ts"
import type { Rule } from "./Rule.ts"

/** A rule as it is written, without what a form kept of other conditions. */
export const toEntry = ({ given, when }: Rule): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    ["name", "person", "when", ...Object.keys(conditions[when].fields), "minutes", "id"].flatMap((key) =>
      given[key] === undefined ? [] : [[key, given[key]]],
    ),
  )
