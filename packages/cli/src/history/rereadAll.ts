import {
  History,
  HouseholdFeed,
  SyncStatus,
  type Person,
  epochSeconds,
  historyFeeds,
  type PersonId,
} from "@withings-bridge/core"
import { Effect, Ref } from "effect"
import { lookUntil } from "../app/lookUntil.ts"
import { makeJsonLines } from "../terminal/jsonLines.ts"
import { makeLiveLines } from "../terminal/LiveLines.ts"
import { bar, count, duration } from "../terminal/progressBar.ts"
import { green, isTerminal, yellow } from "../terminal/style.ts"
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
export const rereadAll = Effect.fn("rereadAll")(function* (persons: ReadonlyArray<Person>, asJson: boolean) {
  const startedAt = yield* epochSeconds
  const plan = historyFeeds.map((list) => rereadParts(list, startedAt))
  const courses = yield* coursesOf(persons, plan.flat().length)
  const draw = yield* drawing(courses, startedAt, asJson)
  const before = yield* measuresOf
  const outcomes = yield* Effect.forEach(
    persons,
    (person) => readPerson({ courses, plan, startedAt }, person),
    { concurrency: "unbounded" },
  ).pipe(
    Effect.raceFirst(Effect.forever(Effect.zipLeft(draw, Effect.sleep(asJson ? printEvery : redrawEvery)))),
  )
  yield* draw
  const after = yield* measuresOf
  return outcomes.map(({ person, unanswered }): Reread => ({
    person: person.name,
    read: historyFeeds.filter((list) => !unanswered.includes(list)),
    unanswered,
    measures: after(person.id),
    measuresBefore: before(person.id),
  }))
})

type Courses = Ref.Ref<ReadonlyMap<string, Course>>

const coursesOf = (persons: ReadonlyArray<Person>, parts: number): Effect.Effect<Courses> =>
  Ref.make<ReadonlyMap<string, Course>>(
    new Map(persons.map((person) => [person.id, { person, parts, done: 0, trouble: null, took: null }])),
  )

const change = (courses: Courses, id: string, changes: (course: Course) => Partial<Course>) =>
  Ref.update(
    courses,
    (all) => new Map([...all].map(([key, it]) => [key, key === id ? { ...it, ...changes(it) } : it])),
  )

/** How the terminal, or a script, is shown how far everyone is. */
const drawing = (courses: Courses, startedAt: number, asJson: boolean) =>
  Effect.gen(function* () {
    const lines = yield* makeLiveLines
    const print = yield* makeJsonLines
    return Effect.gen(function* () {
      const elapsed = (yield* epochSeconds) - startedAt
      const now = yield* Ref.get(courses)
      yield* asJson
        ? print(new Map([...now].map(([id, course]) => [id, jsonRow(course)])))
        : lines.draw([...now.values()].map((course) => lineText(course, elapsed)))
    })
  })

interface Reading {
  readonly courses: Courses
  /** The parts of each list. */
  readonly plan: ReadonlyArray<ReadonlyArray<Part>>
  readonly startedAt: number
}

const readPerson = ({ courses, plan, startedAt }: Reading, person: Person) =>
  Effect.gen(function* () {
    const { id } = person
    const lists = yield* Effect.forEach(plan, (parts) => readList(courses, id, parts), {
      concurrency: "unbounded",
    })
    const unanswered = lists.filter(({ isRead }) => !isRead).map(({ list }) => list)
    const now = (yield* (yield* HouseholdFeed).current).persons.find((one) => one.id === id)
    const took = (yield* epochSeconds) - startedAt
    const reason = now?.standing.reason ?? `no answer for ${unanswered.join(", ")}`
    yield* change(courses, id, () => ({ took, trouble: unanswered.length === 0 ? null : reason }))
    yield* (yield* SyncStatus).requestAll(id)
    return { person, unanswered }
  })

const readList = (courses: Courses, personId: PersonId, parts: ReadonlyArray<Part>) =>
  Effect.map(
    Effect.reduce(parts, true, (goesOn, part) =>
      goesOn ? readPart(courses, personId, part) : Effect.succeed(false),
    ),
    (isRead) => ({ list: parts[0]?.feed ?? "getmeas", isRead }),
  )

/** Until the part was read; false when it will not be. */
const readPart = (courses: Courses, personId: PersonId, { feed: list, ...window }: Part) =>
  Effect.gen(function* () {
    const { reread, waiting } = yield* SyncStatus
    const isAnswered = (all: ReadonlyArray<{ readonly personId: PersonId; readonly feed: string }>) =>
      !all.some((one) => one.personId === personId && one.feed === list)
    const isRead = yield* reread(personId, list, window).pipe(
      Effect.zipRight(lookUntil(waiting, isAnswered, lookEvery)),
      Effect.timeoutTo({ duration: patience, onTimeout: () => false, onSuccess: () => true }),
    )
    if (isRead) yield* change(courses, personId, ({ done }) => ({ done: done + 1 }))
    return isRead
  })

/** How many measures the store has of a person's history. */
const measuresOf = Effect.flatMap(History, ({ counts }) =>
  Effect.map(
    counts,
    (all) => (personId: PersonId) =>
      all
        .filter((one) => one.personId === personId && historyFeeds.some((list) => list === one.source))
        .reduce((sum, { measures }) => sum + measures, 0),
  ),
)

/** "81,022 measures, 3 more than before". */
export const rereadText = ({ measures, measuresBefore, person }: Reread): string => {
  const more = measures - measuresBefore
  const compared =
    more === 0 ? "as many as before" : `${count(Math.abs(more))} ${more > 0 ? "more" : "fewer"} than before`
  return `${person}: ${count(measures)} measures, ${compared}.`
}
