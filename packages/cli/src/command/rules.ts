import { Command } from "@effect/cli"
import {
  HouseholdFeed,
  HouseholdRules,
  RulePreview,
  type PersonPreview,
  type Rule,
} from "@withings-bridge/core"
import { Clock, Effect } from "effect"
import { ago } from "../terminal/ago.ts"
import { answer } from "../terminal/answer.ts"
import { wrap } from "../terminal/style.ts"
import { table } from "../terminal/table.ts"
import { home, json } from "./home.ts"
import { withHousehold } from "./withHousehold.ts"

const states: Readonly<Record<string, string>> = { 0: "does not hold", 1: "holds" }

const pastText = (spans: PersonPreview["spans"], now: number): string => {
  if (spans === null) return "not kept"
  const last = spans.at(-1)
  if (last === undefined) return "never"
  return `${spans.length}×, last ${ago(last.from, now)}`
}

interface Line {
  readonly rule: Rule
  readonly preview: PersonPreview
  readonly state: string
}

const nothing = (rules: ReadonlyArray<Rule>): string =>
  rules.length === 0
    ? wrap("No rule yet: write one under `rules:` in config.yaml. docs/rules.md tells how.")
    : wrap("Nobody has signed in whom a rule is for: run `withings-bridge people` to see the names.")

const rulesTable = (rules: ReadonlyArray<Rule>, lines: ReadonlyArray<Line>, now: number): string =>
  lines.length === 0
    ? nothing(rules)
    : table(
        ["Rule", "Person", "Now", "Last 90 days"],
        lines.map(({ preview, rule, state }) => [
          rule.name,
          preview.person.name,
          state,
          pastText(preview.spans, now),
        ]),
      )

export const rules = Command.make("rules", { home, json }, ({ home, json }) =>
  Effect.gen(function* () {
    const { preview } = yield* RulePreview
    const { rules } = yield* Effect.flatMap(HouseholdRules, ({ current }) => current)
    const { descriptors } = yield* Effect.flatMap(HouseholdFeed, (feed) => feed.current)
    const now = Math.floor((yield* Clock.currentTimeMillis) / 1_000)
    const stateOf = (rule: Rule, personId: string) => {
      const own = descriptors.filter((descriptor) => descriptor.personId === personId)
      const feature = own.flatMap(({ features }) => features).find(({ key }) => key === `rule-${rule.id}`)
      return states[feature?.reading?.value ?? ""] ?? "not known"
    }
    const lines = yield* Effect.forEach(rules, (rule) =>
      Effect.map(preview(rule), (previews) =>
        previews.map((preview) => ({ rule, preview, state: stateOf(rule, preview.person.id) })),
      ),
    )
    yield* answer(
      json,
      lines.flat().map(({ preview, rule, state }) => ({
        rule: rule.given,
        person: preview.person.name,
        state,
        held: preview.spans,
      })),
      () => rulesTable(rules, lines.flat(), now),
    )
  }).pipe(withHousehold(home)),
).pipe(Command.withDescription("What each rule says now, and how often it held in the last 90 days"))
