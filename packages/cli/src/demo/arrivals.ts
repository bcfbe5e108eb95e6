import { Clock, Effect } from "effect"
import { HouseholdFeed, type Home, type Household, type StoreError } from "@withings-bridge/core"
import { lookUntil } from "../app/lookUntil.ts"

/** A running home, by its name as a consumer of the household. */
export type Running = Pick<Home, "name" | "title">

/** Milliseconds until the app had updated its home; null: not yet. */
export type Arrivals = Readonly<Record<string, number | null>>

const every = "25 millis"
const patience = "20 seconds"

/** All readings of a person as one text, to notice changes. */
const readingsOf = (household: Household, person: string): string =>
  JSON.stringify(
    household.descriptors
      .filter(({ personName }) => personName === person)
      .map(({ features }) => features.map(({ reading }) => [reading?.value, reading?.at])),
  )

/** Lets something happen to a person and measures when each running app has updated its home. */
export const watchArrivals = <E, R>(
  person: string,
  running: ReadonlyArray<Running>,
  happen: Effect.Effect<void, E, R>,
): Effect.Effect<Arrivals, E | StoreError, R | HouseholdFeed> =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const before = readingsOf(yield* feed.current, person)
    const startedAt = yield* Clock.currentTimeMillis
    yield* happen
    const arrivals: Record<string, number | null> = Object.fromEntries(
      running.map(({ name }) => [name, null]),
    )
    yield* Effect.gen(function* () {
      const isNew = (household: Household) => readingsOf(household, person) !== before
      const { revision } = yield* lookUntil(feed.current, isNew, every)
      yield* lookUntil(
        feed.consumers,
        (consumers) => {
          for (const { name, revision: reached, toldAt } of consumers)
            if (arrivals[name] === null && reached >= revision) arrivals[name] = toldAt - startedAt
          return running.every(({ name }) => arrivals[name] !== null)
        },
        every,
      )
    }).pipe(Effect.timeoutOption(patience))
    return arrivals
  })

/** Waits until the running apps have updated their homes: "shown in Apple Home, Matter". */
export const shownText = (revision: number, running: ReadonlyArray<Running>) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const reached = Effect.map(feed.consumers, (consumers) =>
      running.filter(({ name }) => consumers.some((each) => each.name === name && each.revision >= revision)),
    )
    yield* lookUntil(reached, ({ length }) => length === running.length, every).pipe(
      Effect.timeoutOption("5 seconds"),
    )
    const names = (yield* reached).map(({ title }) => title)
    return names.length === 0 ? "not shown yet" : `shown in ${names.join(", ")}`
  })

const seconds = (ms: number) => (ms < 1_000 ? `${Math.max(0, ms)} ms` : `${(ms / 1_000).toFixed(1)} s`)

/** "Apple Home 310 ms  Matter 305 ms  Gladys not yet". */
export const arrivalsText = (arrivals: Arrivals, homes: ReadonlyArray<Running>): string => {
  const known = homes.filter(({ name }) => Object.hasOwn(arrivals, name))
  if (known.every(({ name }) => arrivals[name] === null)) return "not shown yet: it comes with the next poll"
  return known
    .map(({ name, title }) => {
      const ms = arrivals[name]
      return `${title} ${ms === null || ms === undefined ? "not yet" : seconds(ms)}`
    })
    .join("  ")
}
