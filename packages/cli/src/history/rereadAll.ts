import { History, HouseholdFeed, SyncStatus, type Person, epochSeconds } from "@withings-bridge/core"
import { Effect, Option, Ref } from "effect"
import { lookUntil } from "../app/lookUntil.ts"
import { makeJsonLines } from "../terminal/jsonLines.ts"
import { makeLiveLines } from "../terminal/LiveLines.ts"
import { bar, count, duration } from "../terminal/progressBar.ts"
import { green, isTerminal, yellow } from "../terminal/style.ts"
import { feedsOfHistory } from "./personHistory.ts"
import { rereadParts, type Part } from "./rereadPlan.ts"

/** Longest that one part may take before its list is given up: Withings may not give it for this person. */
const patience = "3 minutes"
const lookEvery = "200 millis"
const redrawEvery = isTerminal ? "200 millis" : "10 seconds"
const printEvery = "1 second"

export interface Reread {
  readonly person: string
  /** Lists that were read again as a whole. */
  readonly read: ReadonlyArray<Part["feed"]>
  /** Lists that Withings did not answer. */
  readonly unanswered: ReadonlyArray<Part["feed"]>
  /** Measures kept of them now, and before. */
  readonly measures: number
  readonly measuresBefore: number
}

interface Course {
  readonly person: Person
  readonly parts: number
  readonly done: number
  /** Why it does not go on; null while it does. */
  readonly trouble: string | null
  /** Seconds it took, once it is over. */
  readonly took: number | null
}

const nameWidth = 10

const lineText = ({ done, parts, person, took, trouble }: Course, elapsed: number): string => {
  const name = person.name.slice(0, nameWidth).padEnd(nameWidth)
  const share = done / parts
  if (trouble !== null) return `${yellow("–")} ${name}${bar(share, 14)}  ${yellow(trouble)}`
  if (took !== null) return `${green("✓")} ${name}${green(bar(1, 14))}  read again, in ${duration(took)}`
  const left = done === 0 ? "" : `, ${duration((elapsed / done) * (parts - done))} left`
  return `  ${name}${bar(share, 14)}  ${done} of ${parts} parts${left}`
}

/** For scripts: every person as a line of its own. */
const jsonRow = ({ done, parts, person, trouble }: Course) => ({
  type: "progress",
  person: person.name,
  parts: { done, total: parts },
  complete: done === parts,
  reason: trouble,
})

/** Asks for each list of each person, part by part, to be read again; whoever leads the sync does it. */
export const rereadAll = (persons: ReadonlyArray<Person>, asJson: boolean) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const status = yield* SyncStatus
    const startedAt = yield* epochSeconds
    const plan = feedsOfHistory.map((list) => rereadParts(list, startedAt))
    const partCount = plan.flat().length
    const courses = yield* Ref.make<ReadonlyMap<string, Course>>(
      new Map(
        persons.map((person) => [
          person.id,
          { person, parts: partCount, done: 0, trouble: null, took: null },
        ]),
      ),
    )
    const change = (id: string, changes: (course: Course) => Partial<Course>) =>
      Ref.update(
        courses,
        (all) => new Map([...all].map(([key, it]) => [key, key === id ? { ...it, ...changes(it) } : it])),
      )

    /** Until the part was read; false when it will not be. */
    const readPart = (personId: string, { feed: list, ...window }: Part) =>
      status.reread(personId, list, window).pipe(
        Effect.zipRight(
          lookUntil(
            status.waiting,
            (waiting) => !waiting.some((one) => one.personId === personId && one.feed === list),
            lookEvery,
          ),
        ),
        Effect.timeoutTo({ duration: patience, onTimeout: () => false, onSuccess: () => true }),
        Effect.tap((isRead) => (isRead ? change(personId, ({ done }) => ({ done: done + 1 })) : Effect.void)),
      )

    const readList = (personId: string, parts: ReadonlyArray<Part>) =>
      Effect.map(
        Effect.reduce(parts, true, (goesOn, part) =>
          goesOn ? readPart(personId, part) : Effect.succeed(false),
        ),
        (isRead) => ({ list: parts[0]?.feed ?? "getmeas", isRead }),
      )

    const readPerson = ({ id }: Person) =>
      Effect.gen(function* () {
        const lists = yield* Effect.forEach(plan, (parts) => readList(id, parts), {
          concurrency: "unbounded",
        })
        const unanswered = lists.filter(({ isRead }) => !isRead).map(({ list }) => list)
        const now = (yield* feed.current).persons.find((person) => person.id === id)
        const took = (yield* epochSeconds) - startedAt
        yield* change(id, () => ({
          took,
          trouble:
            unanswered.length === 0
              ? null
              : (now?.standing.reason ?? `no answer for ${unanswered.join(", ")}`),
        }))
        yield* status.requestAll(id)
        return { personId: id, unanswered }
      })

    const measuresOf = Effect.map(
      (yield* History).counts,
      (counts) => (personId: string) =>
        counts
          .filter((one) => one.personId === personId && feedsOfHistory.some((list) => list === one.source))
          .reduce((sum, { measures }) => sum + measures, 0),
    )

    const lines = yield* makeLiveLines
    const print = yield* makeJsonLines
    const draw = Effect.gen(function* () {
      const elapsed = (yield* epochSeconds) - startedAt
      const now = yield* Ref.get(courses)
      yield* asJson
        ? print(new Map([...now].map(([id, course]) => [id, jsonRow(course)])))
        : lines.draw([...now.values()].map((course) => lineText(course, elapsed)))
    })
    const before = yield* measuresOf
    const outcomes = yield* Effect.forEach(persons, readPerson, { concurrency: "unbounded" }).pipe(
      Effect.raceFirst(Effect.forever(Effect.zipLeft(draw, Effect.sleep(asJson ? printEvery : redrawEvery)))),
    )
    yield* draw
    const after = yield* measuresOf
    return outcomes.map(({ personId, unanswered }): Reread => ({
      person: Option.getOrElse(
        Option.fromNullable(persons.find(({ id }) => id === personId)?.name),
        () => "",
      ),
      read: feedsOfHistory.filter((list) => !unanswered.includes(list)),
      unanswered,
      measures: after(personId),
      measuresBefore: before(personId),
    }))
  })

/** "81,022 measures, 3 more than before". */
export const rereadText = ({ measures, measuresBefore, person }: Reread): string => {
  const more = measures - measuresBefore
  const compared =
    more === 0 ? "as many as before" : `${count(Math.abs(more))} ${more > 0 ? "more" : "fewer"} than before`
  return `${person}: ${count(measures)} measures, ${compared}.`
}
