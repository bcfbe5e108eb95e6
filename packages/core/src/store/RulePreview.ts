import { SqlClient } from "@effect/sql"
import { Context, Effect, Layer } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import { describe } from "../device/describe.ts"
import { HouseholdRules } from "../HouseholdRules.ts"
import type { Measure } from "../measure/Measure.ts"
import type { Person, PersonId } from "../measure/Person.ts"
import { wholeBody } from "../measure/Position.ts"
import { looksAtBeds } from "../rule/bedOfNights.ts"
import { kindsOfRule, previewDays, previewRule, type Span } from "../rule/previewRule.ts"
import { readRules, type RuleMistake } from "../rule/readRules.ts"
import { pastOfRules } from "../rule/pastOfRules.ts"
import type { Rule } from "../rule/Rule.ts"
import { ruleStates, settleRules } from "../rule/ruleStates.ts"
import { HeldStates } from "./HeldStates.ts"
import { HouseholdId } from "./HouseholdId.ts"
import { HouseholdStore } from "./HouseholdStore.ts"
import { knownNow } from "./knownNow.ts"
import { recentPast } from "./recentPast.ts"
import { type MeasureRow, noPosition, toMeasure } from "./measureRow.ts"
import { storeError, type StoreError } from "./StoreError.ts"

export interface PersonPreview {
  readonly person: Person
  /** When the rule would have held during the last 90 days; null: it depends on data without a history. */
  readonly spans: ReadonlyArray<Span> | null
  /** Whether it holds now; null: unknown. */
  readonly holds: boolean | null
}

export interface EntryPreview {
  /** By field; empty for a valid rule. */
  readonly mistakes: ReadonlyArray<RuleMistake>
  /** Empty for an invalid rule, or a rule for nobody who has signed in. */
  readonly persons: ReadonlyArray<PersonPreview>
}

/** What a rule says now and would have said during the last 90 days, even before it is saved. */
export class RulePreview extends Context.Tag("@withings-bridge/core/store/RulePreview")<
  RulePreview,
  {
    readonly preview: (rule: Rule) => Effect.Effect<ReadonlyArray<PersonPreview>, StoreError>
    /** The same for the entry of a form. */
    readonly previewEntry: (entry: unknown) => Effect.Effect<EntryPreview, StoreError>
  }
>() {
  static readonly layer = Layer.effect(
    RulePreview,
    Effect.suspend(() => make),
  ).pipe(Layer.provide([HeldStates.layer, HouseholdRules.layer]))
}

const day = 86_400
/** The current value at the start of the 90 days may be old. */
const reach = 2 * previewDays * day

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const household = yield* HouseholdStore
  const decide = yield* deciding
  const spansOf = (rule: Rule, person: Person, now: number) => {
    const kinds = kindsOfRule(rule)
    if (kinds === null) return Effect.succeed(null)
    return Effect.map(measuresOf(sql, person.id, kinds, now - reach), (measures) =>
      previewRule(rule, person, measures, now),
    )
  }
  const preview = Effect.fn("RulePreview.preview")(function* (rule: Rule) {
    const now = yield* epochSeconds
    const persons = (yield* household.persons).filter(
      ({ name }) => rule.person === null || rule.person === name,
    )
    const decided = yield* decide(rule, persons)
    return yield* Effect.forEach(persons, (person) =>
      Effect.map(spansOf(rule, person, now), (spans): PersonPreview => ({
        person,
        spans,
        holds: decided(person.id, spans),
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

const measuresOf = (
  sql: SqlClient.SqlClient,
  personId: PersonId,
  kinds: ReadonlyArray<string>,
  since: number,
): Effect.Effect<ReadonlyArray<Measure>, StoreError> =>
  sql<MeasureRow>`
    SELECT * FROM measure
    WHERE person_id = ${personId} AND kind IN ${sql.in(kinds)} AND at >= ${since}
      AND position IN ${sql.in([noPosition, wholeBody])} AND deleted = 0 AND attribution <> 'ambiguous'`.pipe(
    Effect.map((rows) => rows.map(toMeasure)),
    storeError("read the past of a rule"),
  )

/**
 * Whether a rule holds now. A saved rule continues from its stored state. A new one has none, so its minimum duration and
 * hysteresis come from the preview, if there is one.
 */
const deciding = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const household = yield* HouseholdId
  const read = yield* knownNow
  return Effect.fn("RulePreview.decide")(function* (rule: Rule, persons: ReadonlyArray<Person>) {
    const { held, known } = yield* read
    const { days, kinds } = pastOfRules([rule])
    const past = yield* recentPast({ sql, household }, kinds, known.now - days * day)
    const descriptors = describe(known)
    const { states } = settleRules(held, { rules: [rule], persons, descriptors, past, now: known.now })
    const told = new Map(ruleStates([rule], persons, held).map((one) => [one.personId, one.reading]))
    const now = new Map(ruleStates([rule], persons, states).map((one) => [one.personId, one.reading]))
    return (personId: PersonId, spans: PersonPreview["spans"]): boolean | null => {
      const reading = now.get(personId) ?? null
      if (reading === null) return null
      const isNew = (told.get(personId) ?? null) === null
      // Nights do not say whether a bed is occupied now.
      return isNew && spans !== null && !looksAtBeds(rule) ? spans.at(-1)?.to === null : reading.value === 1
    }
  })
})
