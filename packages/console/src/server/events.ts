import { HouseholdFeed } from "@withings-bridge/core"
import { Effect, PubSub, Schedule, Stream } from "effect"
import type { ConsoleOptions } from "./ConsoleOptions.ts"
import { consoleState } from "./consoleState.ts"

/** The sync progress and the standing of a person change without a change of the household. */
const refresh = Schedule.spaced("2 seconds")

/**
 * The state of the console as server-sent events, for each page that is open. Nothing is computed while no page is
 * open.
 */
export interface StateEvents {
  readonly stream: Stream.Stream<Uint8Array>
  /** Call it after a change that the household's feed does not report. */
  readonly lookAgain: Effect.Effect<void>
}

export const stateEvents = (options: ConsoleOptions) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const moved = yield* PubSub.sliding<void>(1)
    yield* feed
      .follow("console", () => PubSub.publish(moved, undefined))
      .pipe(Effect.retry(Schedule.spaced("5 seconds")), Effect.forkScoped)
    const context = yield* Effect.context<Effect.Effect.Context<ReturnType<typeof consoleState>>>()
    const moments = Stream.mergeAll(
      [Stream.make(undefined), Stream.fromPubSub(moved), Stream.fromSchedule(refresh)],
      { concurrency: "unbounded" },
    )
    const events = moments.pipe(
      Stream.mapEffect(() => consoleState(options)),
      Stream.map((state) => JSON.stringify(state)),
      Stream.changes,
      Stream.map((state) => `event: state\ndata: ${state}\n\n`),
      Stream.provideContext(context),
      // On an error the stream ends, and the page reconnects after the milliseconds of `retry`.
      Stream.catchAllCause(() => Stream.empty),
    )
    return {
      stream: Stream.encodeText(Stream.concat(Stream.make("retry: 500\n\n"), events)),
      lookAgain: Effect.asVoid(PubSub.publish(moved, undefined)),
    } satisfies StateEvents
  })
