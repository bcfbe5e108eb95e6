import { SqlClient } from "@effect/sql"
import { Clock, Context, Effect, Layer } from "effect"
import type { Person } from "../measure/Person.ts"
import { wholeBody } from "../measure/Position.ts"
import { kindsOfRule, previewDays, previewRule, type Span } from "../rule/previewRule.ts"
import { readRules, type RuleMistake } from "../rule/readRules.ts"
import type { Rule } from "../rule/Rule.ts"
import { HouseholdStore } from "./HouseholdStore.ts"
import { type MeasureRow, noPosition, toMeasure } from "./measureRow.ts"
import { storeError, type StoreError } from "./StoreError.ts"

export interface PersonPreview {
  readonly person: Person
  /** When the rule would have held during the last 90 days; null: the past does not tell what it needs. */
  readonly spans: ReadonlyArray<Span> | null
}

export interface EntryPreview {
  /** What is wrong with the entry, by field; none: it is a rule. */
  readonly mistakes: ReadonlyArray<RuleMistake>
  /** Empty when the entry is no rule, or the rule is for nobody who has signed in. */
  readonly persons: ReadonlyArray<PersonPreview>
}

/** What a rule, also one that someone is still writing, would have said during the last 90 days. */
export class RulePreview extends Context.Tag("@withings-bridge/core/store/RulePreview")<
  RulePreview,
  {
    readonly preview: (rule: Rule) => Effect.Effect<ReadonlyArray<PersonPreview>, StoreError>
    /** The same for a rule as a form has it, saved or not. */
    readonly previewEntry: (entry: unknown) => Effect.Effect<EntryPreview, StoreError>
  }
>() {
  static readonly layer = Layer.effect(
    RulePreview,
    Effect.suspend(() => make),
  )
}

const day = 86_400
/** A value that stands until the next one may be old when the 90 days begin. */
const reach = 2 * previewDays * day

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const household = yield* HouseholdStore
  const measuresOf = (personId: string, kinds: ReadonlyArray<string>, since: number) =>
    sql<MeasureRow>`
      SELECT * FROM measure
      WHERE person_id = ${personId} AND kind IN ${sql.in(kinds)} AND at >= ${since}
        AND position IN ${sql.in([noPosition, wholeBody])} AND deleted = 0 AND attribution <> 'ambiguous'`.pipe(
      Effect.map((rows) => rows.map(toMeasure)),
      storeError("read the past of a rule"),
    )
  const preview = (rule: Rule) =>
    Effect.gen(function* () {
      const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
      const persons = (yield* household.persons).filter(
        ({ name }) => rule.person === null || rule.person === name,
      )
      const kinds = kindsOfRule(rule)
      return yield* Effect.forEach(persons, (person): Effect.Effect<PersonPreview, StoreError> =>
        kinds === null
          ? Effect.succeed({ person, spans: null })
          : Effect.map(measuresOf(person.id, kinds, now - reach), (measures) => ({
              person,
              spans: previewRule(rule, person, measures, now),
            })),
      )
    })
  return RulePreview.of({
    preview,
    previewEntry: (entry) => {
      const { mistakes, rules } = readRules([entry])
      const own = mistakes.map(({ path, ...mistake }) => ({ ...mistake, path: path.slice(1) }))
      const [rule] = rules
      return rule === undefined
        ? Effect.succeed({ mistakes: own, persons: [] })
        : Effect.map(preview(rule), (persons) => ({ mistakes: own, persons }))
    },
  })
})
