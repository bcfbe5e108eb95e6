import { Command } from "@effect/cli"
import {
  HouseholdRules,
  RulePreview,
  type PersonPreview,
  type Rule,
  epochSeconds,
} from "@withings-bridge/core"
import { Effect } from "effect"
import { ago } from "../terminal/ago.ts"
import { answer } from "../terminal/answer.ts"
import { wrap } from "../terminal/style.ts"
import { table } from "../terminal/table.ts"
import { home, json } from "./home.ts"
import { withHousehold } from "./withHousehold.ts"

const stateText = ({ holds }: PersonPreview): string =>
  holds === null ? "not known" : holds ? "holds" : "does not hold"

const pastText = (spans: PersonPreview["spans"], now: number): string => {
  if (spans === null) return "not kept"
  const last = spans.at(-1)
  if (last === undefined) return "never"
  return `${spans.length}×, last ${ago(last.from, now)}`
}

const nothing = (rules: ReadonlyArray<Rule>): string =>
  rules.length === 0
    ? "No rule yet: write one under `rules:` in config.yaml. docs/rules.md says how."
    : "No rule is for anyone who has signed in: `withings-bridge people` lists the names."

export const rules = Command.make("rules", { home, json }, ({ home, json }) =>
  Effect.gen(function* () {
    const { preview } = yield* RulePreview
    const { rules } = yield* Effect.flatMap(HouseholdRules, ({ current }) => current)
    const now = yield* epochSeconds
    const ofEach = yield* Effect.forEach(rules, (rule) =>
      Effect.map(preview(rule), (previews) =>
        previews.map((preview) => ({
          rule,
          person: preview.person.name,
          state: stateText(preview),
          held: preview.spans,
        })),
      ),
    )
    const lines = ofEach.flat()
    yield* answer(
      json,
      lines.map((line) => ({ ...line, rule: line.rule.given })),
      () =>
        lines.length === 0
          ? wrap(nothing(rules))
          : table(
              ["Rule", "Person", "Now", "Last 90 days"],
              lines.map(({ held, person, rule, state }) => [rule.name, person, state, pastText(held, now)]),
            ),
    )
  }).pipe(withHousehold(home)),
)
