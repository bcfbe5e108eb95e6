import {
  HouseholdFeed,
  SyncStatus,
  type Person,
  personHistory,
  type PersonHistory,
} from "@withings-bridge/core"
import { Clock, Effect, Ref } from "effect"
import { lookUntil } from "../app/lookUntil.ts"
import { makeJsonLines } from "../terminal/jsonLines.ts"
import { makeLiveLines, type LiveLines } from "../terminal/LiveLines.ts"
import { bar, count, duration, progressText } from "../terminal/progressBar.ts"
import { green, isTerminal, yellow } from "../terminal/style.ts"

const barWidth = 14
/** A terminal gets moving bars, a log a line now and then. */
const redrawEvery = isTerminal ? 100 : 2_000
const printEvery = 1_000

interface Line {
  readonly person: Person
  readonly history: PersonHistory
  /** Measures in the store at the first look. */
  readonly already: number
}

const lineText = ({ already, history, person }: Line, elapsed: number): string => {
  const name = person.name.slice(0, 10).padEnd(10)
  if (history.isComplete)
    return `${green("✓")} ${name}${green(bar(1, barWidth))}  ${count(history.done)} measures, in ${duration(elapsed)}`
  const share = history.total === null || history.total === 0 ? 0 : history.done / history.total
  const { reason, state } = person.standing
  const text =
    state === "signed-in" ? progressText({ ...history, already, elapsed }) : yellow(reason ?? state)
  return `  ${name}${bar(share, barWidth)}  ${text}`
}

/** For scripts: every person as a line of its own. */
const jsonRow = ({ history: { done, isComplete, total }, person }: Line) => ({
  type: "progress",
  person: person.name,
  done,
  total,
  complete: isComplete,
  state: person.standing.state,
  reason: person.standing.reason,
})

export interface WatchOptions {
  /** For scripts: a line of JSON for each person and change. */
  readonly asJson?: boolean
  /** Where others draw too. */
  readonly lines?: LiveLines
}

/** Shows the first history of each person coming in, until all of it is there. */
export const watchHistory = (names: ReadonlyArray<string>, { asJson = false, ...draw }: WatchOptions = {}) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const status = yield* SyncStatus
    const lines = draw.lines ?? (yield* makeLiveLines)
    const print = yield* makeJsonLines
    const startedAt = yield* Clock.currentTimeMillis
    const drawnAt = yield* Ref.make(0)
    const already = new Map<string, number>()
    /** Seconds that each person's history took, kept when it was first seen complete. */
    const took = new Map<string, number>()

    const look = Effect.gen(function* () {
      const { persons } = yield* feed.current
      const progress = yield* status.progress
      const now = yield* Clock.currentTimeMillis
      const elapsed = (now - startedAt) / 1_000
      const rows = persons
        .filter(({ name }) => names.includes(name))
        .map((person) => {
          const history = personHistory(progress, person.id)
          already.set(person.id, already.get(person.id) ?? history.done)
          return { person, history, already: already.get(person.id) ?? 0 }
        })
      for (const { history, person } of rows)
        if (history.isComplete && !took.has(person.id)) took.set(person.id, elapsed)
      const isDone = rows.length === names.length && rows.every(({ history }) => history.isComplete)
      if (isDone || now - (yield* Ref.get(drawnAt)) >= (asJson ? printEvery : redrawEvery)) {
        yield* asJson
          ? print(new Map(rows.map((row) => [row.person.id, jsonRow(row)])))
          : lines.draw(rows.map((row) => lineText(row, took.get(row.person.id) ?? elapsed)))
        yield* Ref.set(drawnAt, now)
      }
      return isDone
    })
    yield* lookUntil(look, (isDone) => isDone, "100 millis")
  })

/** Whether the first history of each of them is complete. */
export const historyIsHere = (names: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const { persons } = yield* (yield* HouseholdFeed).current
    const progress = yield* (yield* SyncStatus).progress
    const histories = names.map((name) => {
      const person = persons.find((each) => each.name === name)
      return person === undefined ? null : personHistory(progress, person.id)
    })
    return histories.every((history) => history?.isComplete)
  })
