import type { Rule } from "./Rule.ts"

/** The history that rules need: a change over N days compares with a value up to three times as old. */
export const pastOfRules = (
  rules: ReadonlyArray<Rule>,
): { readonly kinds: ReadonlyArray<string>; readonly days: number } => {
  const changes = rules.filter(({ when }) => when === "changed-by").map(({ given }) => given)
  return {
    kinds: [...new Set(changes.map(({ measure }) => String(measure)))],
    days: Math.max(0, ...changes.map(({ days }) => 4 * Number(days))),
  }
}
