import type { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import type { MeasureSource } from "../measure/Measure.ts"
import type { PersonId } from "../measure/Person.ts"

/** An answer that no longer lists what the store has. */
interface Answer {
  readonly personId: PersonId
  readonly subject: MeasureSource | "device"
  readonly listed: ReadonlySet<string>
  /** Known to the store, but not listed. */
  readonly missing: ReadonlyArray<string>
  /** A webhook announced a change, so a few missing records are plausible. */
  readonly expected: boolean
}

/** Minimum time between two confirmations of a doubt, seconds. */
const confirmedApart = 4 * 3600

/** Records or devices that one answer may remove. */
const aLittle = { record: 10, device: 1 }
/** The same for an answer that lists nothing at all. */
const aLittleOfAll = 3

/** Withings occasionally returns an empty list. Removing a device by mistake would lose its room and automations. */
const isLittle = ({ expected, listed, missing, subject }: Answer): boolean =>
  listed.size === 0 && missing.length > 0
    ? expected && missing.length <= aLittleOfAll
    : missing.length <= (subject === "device" ? aLittle.device : aLittle.record)

interface Doubt {
  readonly missing: string
  readonly confirmed_at: number | null
}

/**
 * The missing records or devices that are gone for sure: all if they are few, otherwise those that are also missing in two
 * later answers, hours apart. Call it in the transaction that removes them.
 */
export const goneForSure = (sql: SqlClient.SqlClient, answer: Answer) =>
  Effect.gen(function* () {
    const { listed, missing, personId, subject } = answer
    const ofSubject = sql`person_id = ${personId} AND subject = ${subject}`
    const forget = (one: string) => sql`DELETE FROM doubt WHERE ${ofSubject} AND missing = ${one}`
    const doubts = yield* sql<Doubt>`SELECT missing, confirmed_at FROM doubt WHERE ${ofSubject}`
    const known = new Map(doubts.map((doubt) => [doubt.missing, doubt.confirmed_at]))
    yield* Effect.forEach(
      [...known.keys()].filter((one) => listed.has(one)),
      forget,
    )
    if (isLittle(answer)) {
      yield* Effect.forEach(missing, forget)
      return missing
    }
    const fresh = missing.filter((one) => !known.has(one))
    const now = yield* epochSeconds
    yield* Effect.forEach(
      fresh,
      (one) => sql`INSERT INTO doubt (person_id, subject, missing, since)
        VALUES (${personId}, ${subject}, ${one}, ${now})`,
    )
    if (fresh.length > 0) yield* Effect.logWarning(doubtLine(answer, fresh.length))
    const gone: Array<string> = []
    for (const one of missing) {
      const confirmedAt = known.get(one)
      if (confirmedAt === undefined) continue
      if (confirmedAt === null) {
        yield* sql`UPDATE doubt SET confirmed_at = ${now} WHERE ${ofSubject} AND missing = ${one}`
      } else if (now - confirmedAt >= confirmedApart) {
        yield* forget(one)
        gone.push(one)
      }
    }
    return gone
  })

const doubtLine = ({ listed, subject }: Answer, missing: number): string =>
  `Withings lists ${listed.size === 0 ? "nothing" : `only ${listed.size}`} where ${missing} more ` +
  `${subject === "device" ? "devices" : `records (${subject})`} are known. They are kept until two more answers, ` +
  "hours apart, say the same."
