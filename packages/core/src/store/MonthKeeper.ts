import { SqlClient } from "@effect/sql"
import { Effect, Stream, SubscriptionRef } from "effect"
import type { Revision } from "../device/Household.ts"
import { epochSeconds } from "../epochSeconds.ts"
import type { PersonId } from "../measure/Person.ts"
import { kindOf } from "../measure/measureKinds.ts"
import { countMonths, type LocalMonth, localMonths } from "./localMonths.ts"
import { wholeBody } from "../measure/Position.ts"
import { byDay } from "./aggregate.ts"
import { dialectOf } from "./Dialect.ts"
import { textOfDays } from "./featureMonths.ts"
import { featurePast, many } from "./featurePast.ts"
import { HouseholdId } from "./HouseholdId.ts"
import { noPosition } from "./measureRow.ts"
import { letOthersRun } from "./sqliteDatabase.ts"
import { storeError } from "./StoreError.ts"

/** A feature of a person, and the timezone of its days. */
interface LongPast {
  readonly personId: PersonId
  readonly timezone: string
  readonly kind: string
  readonly feature: string
}

/**
 * Stores the days of finished months, for features with so many values that a chart of years would be slow. Each month
 * has its own transaction. A stored month is always correct: triggers on `measure` delete it when one of its values
 * changes.
 */
export const keepMonths = (few = many) =>
  Effect.gen(function* () {
    const now = yield* epochSeconds
    for (const past of yield* allPasts) {
      yield* letOthersRun
      yield* keepMonthsOf(past, now, few)
    }
  }).pipe(storeError("write the months of a history"))

/**
 * Runs `keep` soon after a start or a change, and daily, because a month may have ended. Without anything to do it takes
 * some milliseconds.
 * @param revision of the household: see `ChangeFeed`
 */
export const keepMonthsWhenDue = <E extends { readonly message: string }, R>(
  revision: SubscriptionRef.SubscriptionRef<Revision>,
  keep: Effect.Effect<void, E, R>,
) =>
  Effect.gen(function* () {
    for (;;) {
      yield* Effect.sleep("1 minute")
      const before = yield* SubscriptionRef.get(revision)
      const isKept = yield* keep.pipe(
        Effect.as(true),
        Effect.catchAll(({ message }) => Effect.as(Effect.logDebug(message), false)),
      )
      const change = Stream.runHead(Stream.filter(revision.changes, (now) => now !== before))
      if (isKept) yield* Effect.timeoutOption(change, "1 day")
    }
  })

/** Seconds. */
const monthAtMost = 32 * 86_400

/** Each part of the body is a separate feature. */
const featureOf = (kind: string, position: number): string =>
  kindOf(kind).positional !== true || position === noPosition || position === wholeBody
    ? kind
    : `${kind}@${position}`

const allPasts = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ id: PersonId; timezone: string | null; kind: string; position: number }>`
    SELECT DISTINCT person.id, timezone, kind, position FROM person JOIN latest ON latest.person_id = person.id
    WHERE household_id = ${yield* HouseholdId} AND ambiguous = 0`
  const pasts = rows.map(({ id, kind, position, timezone }): LongPast => ({
    personId: id,
    timezone: timezone ?? "UTC",
    kind,
    feature: featureOf(kind, position),
  }))
  return new Map(pasts.map((past) => [`${past.personId} ${past.feature}`, past])).values()
})

const keepMonthsOf = (past: LongPast, now: number, few: number) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const { feature, personId, timezone } = past
    const first = yield* featurePast(sql).beginningOfLong({ personId, feature, from: 0, to: now }, few)
    if (first === null) return
    const kept = yield* sql<{ begins: number }>`SELECT begins FROM feature_month
      WHERE person_id = ${personId} AND feature = ${feature} AND timezone = ${timezone}
        AND begins > ${first - monthAtMost}`
    if (kept.length >= countMonths(first, now, timezone)) return
    const begun = new Set(kept.map(({ begins }) => begins))
    for (const month of localMonths(first, now, timezone)) {
      if (begun.has(month.begins)) continue
      yield* keepMonth(past, month)
      yield* letOthersRun
    }
  })

const keepMonth = ({ feature, kind, personId, timezone }: LongPast, { begins, ends }: LocalMonth) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    // Excludes writers of the person's measures until the month is written: see the triggers.
    yield* sql`SELECT id FROM person WHERE id = ${personId} ${dialectOf(sql).forUpdate}`
    const points = yield* featurePast(sql).range({ personId, feature, from: begins, to: ends - 1 })
    const days = textOfDays([...byDay(points, timezone)])
    // A month of a former timezone may overlap.
    yield* sql`DELETE FROM feature_month WHERE person_id = ${personId} AND feature = ${feature}
      AND timezone <> ${timezone} AND begins < ${ends} AND ends > ${begins}`
    yield* sql`INSERT INTO feature_month (person_id, begins, feature, kind, ends, timezone, days)
      VALUES (${personId}, ${begins}, ${feature}, ${kind}, ${ends}, ${timezone}, ${days})
      ON CONFLICT (person_id, begins, feature) DO NOTHING`
  }).pipe((keep) => Effect.flatMap(SqlClient.SqlClient, (sql) => sql.withTransaction(keep)))
