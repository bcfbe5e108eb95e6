import {
  History,
  HouseholdFeed,
  SyncStatus,
  type Person,
  epochSeconds,
  historyFeeds,
  type PersonId,
} from "@withings-bridge/core"
import { Effect } from "effect"
import { lookUntil } from "../app/lookUntil.ts"
import { bar, count, duration } from "../terminal/progressBar.ts"
import { makeProgressLines, type ProgressRow } from "../terminal/progressLines.ts"
import { green, yellow } from "../terminal/style.ts"
import { rereadParts, type Part } from "./rereadPlan.ts"

/** For one part; then its feed is given up: Withings may not provide it for this person. */
const patience = "3 minutes"

export interface Reread {
  readonly person: string
  /** Feeds that were read again completely. */
  readonly read: ReadonlyArray<Part["feed"]>
  /** Feeds for which Withings gave no answer. */
  readonly unanswered: ReadonlyArray<Part["feed"]>
  /** Measures of these feeds in the store now, and before. */
  readonly measures: number
  readonly measuresBefore: number
}

/** One person's rereading, updated while it runs. */
interface Course {
  readonly person: Person
  readonly parts: number
  done: number
  /** Why it failed; null while it has not. */
  trouble: string | null
  /** Seconds it took; null until it is over. */
  took: number | null
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

const rowOf = (course: Course, elapsed: number): ProgressRow => ({
  text: lineText(course, elapsed),
  json: {
    type: "progress",
    person: course.person.name,
    parts: { done: course.done, total: course.parts },
    complete: course.done === course.parts,
    reason: course.trouble,
  },
})

/** Requests each feed of each person again, part by part; the process that leads the sync reads them. */
export const rereadAll = Effect.fn("rereadAll")(function* (persons: ReadonlyArray<Person>, asJson: boolean) {
  const startedAt = yield* epochSeconds
  const elapsed = Effect.map(epochSeconds, (now) => now - startedAt)
  const plan = historyFeeds.map((feed) => rereadParts(feed, startedAt))
  const parts = plan.flat().length
  const courses = persons.map((person): Course => ({ person, parts, done: 0, trouble: null, took: null }))
  const { show, showEvery } = yield* makeProgressLines(asJson)
  const draw = Effect.flatMap(elapsed, (seconds) => show(courses.map((course) => rowOf(course, seconds))))
  const before = yield* measuresOf
  const unanswered = yield* Effect.forEach(courses, (course) => readPerson(course, plan, elapsed), {
    concurrency: "unbounded",
  }).pipe(Effect.raceFirst(Effect.forever(Effect.zipLeft(draw, Effect.sleep(showEvery)))))
  yield* draw
  const after = yield* measuresOf
  return persons.map(({ id, name }, index): Reread => ({
    person: name,
    read: historyFeeds.filter((feed) => unanswered[index]?.includes(feed) === false),
    unanswered: unanswered[index] ?? [],
    measures: after(id),
    measuresBefore: before(id),
  }))
})

/** Returns the feeds that Withings did not answer. */
const readPerson = (
  course: Course,
  plan: ReadonlyArray<ReadonlyArray<Part>>,
  elapsed: Effect.Effect<number>,
) =>
  Effect.gen(function* () {
    const { id } = course.person
    const feeds = yield* Effect.forEach(plan, (parts) => readFeed(course, parts), {
      concurrency: "unbounded",
    })
    const unanswered = feeds.filter((feed) => feed !== null)
    const { persons } = yield* (yield* HouseholdFeed).current
    course.took = yield* elapsed
    if (unanswered.length > 0)
      course.trouble =
        persons.find((one) => one.id === id)?.standing.reason ?? `no answer for ${unanswered.join(", ")}`
    yield* (yield* SyncStatus).requestAll(id)
    return unanswered
  })

/** Null once every part was read; the feed when one was not answered. */
const readFeed = (course: Course, parts: ReadonlyArray<Part>) =>
  Effect.gen(function* () {
    for (const part of parts) {
      if (!(yield* readPart(course.person.id, part))) return part.feed
      course.done += 1
    }
    return null
  })

/** True once the part was read; false when that takes too long. */
const readPart = (personId: PersonId, { feed, ...window }: Part) =>
  Effect.gen(function* () {
    const { reread, waiting } = yield* SyncStatus
    return yield* reread(personId, feed, window).pipe(
      Effect.zipRight(
        lookUntil(
          waiting,
          (all) => !all.some((one) => one.personId === personId && one.feed === feed),
          "200 millis",
        ),
      ),
      Effect.timeoutTo({ duration: patience, onTimeout: () => false, onSuccess: () => true }),
    )
  })

/** How many measures of a person's history are in the store. */
const measuresOf = Effect.flatMap(History, ({ counts }) =>
  Effect.map(
    counts,
    (all) => (personId: PersonId) =>
      all
        .filter((one) => one.personId === personId && historyFeeds.some((feed) => feed === one.source))
        .reduce((sum, { measures }) => sum + measures, 0),
  ),
)

/** "Ann: 81,022 measures, 3 more than before." */
export const rereadText = ({ measures, measuresBefore, person }: Reread): string => {
  const more = measures - measuresBefore
  const compared =
    more === 0 ? "as many as before" : `${count(Math.abs(more))} ${more > 0 ? "more" : "fewer"} than before`
  return `${person}: ${count(measures)} measures, ${compared}.`
}
