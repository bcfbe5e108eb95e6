import { Clock, Effect } from "effect"
import { HouseholdFeed, type Home, type Household, type StoreError } from "@withings-bridge/core"
import { lookUntil } from "../app/lookUntil.ts"

/** A home that runs, by the name under which it follows the household. */
export type Running = Pick<Home, "name" | "title">

/** Milliseconds from the happening until the app had told its home; null: not yet. */
export type Arrivals = Readonly<Record<string, number | null>>

const every = "25 millis"
const patience = "20 seconds"

/** All that is known of a person now, as one text: differs as soon as something new was told. */
const told = (household: Household, person: string): string =>
  JSON.stringify(
    household.descriptors
      .filter(({ personName }) => personName === person)
      .map(({ features }) => features.map(({ reading }) => [reading?.value, reading?.at])),
  )

/** Lets something happen to a person and watches it arrive in each of the apps that run. */
export const watchArrivals = <E, R>(
  person: string,
  running: ReadonlyArray<Running>,
  happen: Effect.Effect<void, E, R>,
): Effect.Effect<Arrivals, E | StoreError, R | HouseholdFeed> =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const before = told(yield* feed.current, person)
    const startedAt = yield* Clock.currentTimeMillis
    yield* happen
    const arrivals: Record<string, number | null> = Object.fromEntries(
      running.map(({ name }) => [name, null]),
    )
    yield* Effect.gen(function* () {
      const isNew = (household: Household) => told(household, person) !== before
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

/** Waits for the apps that run to have told their homes what is known now: "told to Apple Home, Matter". */
export const toldText = (revision: number, running: ReadonlyArray<Running>) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const reached = Effect.map(feed.consumers, (consumers) =>
      running.filter(({ name }) => consumers.some((each) => each.name === name && each.revision >= revision)),
    )
    yield* lookUntil(reached, ({ length }) => length === running.length, every).pipe(
      Effect.timeoutOption("5 seconds"),
    )
    const names = (yield* reached).map(({ title }) => title)
    return names.length === 0 ? "not told yet" : `told to ${names.join(", ")}`
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
