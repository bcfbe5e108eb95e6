import { HouseholdFeed } from "@withings-bridge/core"
import { Effect, PubSub, Schedule, Stream } from "effect"
import { consoleState } from "./consoleState.ts"

/** The progress of a history and the standing of a person move without a change of the household. */
const besides = Schedule.spaced("2 seconds")

/** The state of the console as server-sent events, one source for all pages that are open. */
export const stateEvents = (home: string) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const moved = yield* PubSub.sliding<void>(1)
    yield* feed
      .follow("console", () => PubSub.publish(moved, undefined))
      .pipe(Effect.retry(Schedule.spaced("5 seconds")), Effect.forkScoped)
    const states = Stream.mergeAll(
      [
        Stream.make(undefined),
        Stream.fromPubSub(moved),
        Stream.map(Stream.fromSchedule(besides), () => undefined),
      ],
      { concurrency: "unbounded" },
    ).pipe(
      Stream.mapEffect(() => consoleState(home)),
      Stream.map((state) => JSON.stringify(state)),
      Stream.changes,
      Stream.map((state) => `event: state\ndata: ${state}\n\n`),
    )
    return yield* Effect.map(
      Effect.context<Effect.Effect.Context<ReturnType<typeof consoleState>>>(),
      (context) => Stream.provideContext(states, context),
    )
  })
