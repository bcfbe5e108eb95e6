import {
  HouseholdFeed,
  SyncStatus,
  type Person,
  personHistory,
  type PersonHistory,
} from "@withings-bridge/core"
import { Clock, Effect } from "effect"
import { lookUntil } from "../app/lookUntil.ts"
import type { LiveLines } from "../terminal/LiveLines.ts"
import { bar, count, duration, progressText } from "../terminal/progressBar.ts"
import { makeProgressLines } from "../terminal/progressLines.ts"
import { green, yellow } from "../terminal/style.ts"

const barWidth = 14

interface Line {
  readonly person: Person
  readonly history: PersonHistory
  /** Measures in the store when watching began. */
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

const jsonOf = ({ history: { done, isComplete, total }, person }: Line) => ({
  type: "progress",
  person: person.name,
  done,
  total,
  complete: isComplete,
  state: person.standing.state,
  reason: person.standing.reason,
})

/** Shows the progress of each person's first history until all are complete. `lines`: where others draw, too. */
export const watchHistory = (names: ReadonlyArray<string>, asJson: boolean, lines?: LiveLines) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const status = yield* SyncStatus
    const { show, showEvery } = yield* makeProgressLines(asJson, lines)
    const startedAt = yield* Clock.currentTimeMillis
    let shownAt = 0
    const already = new Map<string, number>()
    /** Seconds until each person's history was first seen complete. */
    const took = new Map<string, number>()

    const look = Effect.gen(function* () {
      const { persons } = yield* feed.current
      const progress = yield* status.progress
      const now = yield* Clock.currentTimeMillis
      const elapsed = (now - startedAt) / 1_000
      const rows = persons
        .filter(({ name }) => names.includes(name))
        .map((person): Line => {
          const history = personHistory(progress, person.id)
          const before = already.get(person.id) ?? history.done
          already.set(person.id, before)
          return { person, history, already: before }
        })
      for (const { history, person } of rows)
        if (history.isComplete && !took.has(person.id)) took.set(person.id, elapsed)
      const isDone = rows.length === names.length && rows.every(({ history }) => history.isComplete)
      if (isDone || now - shownAt >= showEvery) {
        shownAt = now
        yield* show(
          rows.map((row) => ({ text: lineText(row, took.get(row.person.id) ?? elapsed), json: jsonOf(row) })),
        )
      }
      return isDone
    })
    yield* lookUntil(look, (isDone) => isDone, "100 millis")
  })

const everyHistory = (names: ReadonlyArray<string>, holds: (history: PersonHistory) => boolean) =>
  Effect.gen(function* () {
    const { persons } = yield* (yield* HouseholdFeed).current
    const progress = yield* (yield* SyncStatus).progress
    return names.every((name) => {
      const person = persons.find((each) => each.name === name)
      return person !== undefined && holds(personHistory(progress, person.id))
    })
  })

/** Whether the first history of each of them is complete. */
export const historyIsHere = (names: ReadonlyArray<string>) =>
  everyHistory(names, ({ isComplete }) => isComplete)

/** Whether the newest values of each of them are here: the first page of every feed, which also says how much there is. */
export const newestAreHere = (names: ReadonlyArray<string>) =>
  everyHistory(names, ({ isComplete, total }) => isComplete || total !== null)
