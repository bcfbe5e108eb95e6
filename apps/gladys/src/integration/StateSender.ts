import { Array, Clock, Context, Duration, Effect, Layer } from "effect"
import { HostApi, type HostError, type State, statesARequest } from "./HostApi.ts"

/** Gladys' limit for one integration, and the share of it that an import may use. */
export interface StateBudget {
  readonly windowMillis: number
  readonly states: number
  readonly historyStates: number
}

/** Gladys takes 300 states a minute, then answers 429. The import leaves a sixth for live states. */
export const gladysBudget: StateBudget = { windowMillis: 60_000, states: 300, historyStates: 250 }

export type Urgency = "live" | "history"

/** Sends states to Gladys within its limits, and tries again until they arrive. */
export class StateSender extends Context.Tag("withings-gladys/integration/StateSender")<
  StateSender,
  {
    /** Returns when Gladys has all of them. Live states overtake those of the import. */
    readonly send: (states: ReadonlyArray<State>, urgency: Urgency) => Effect.Effect<void>
  }
>() {
  static readonly layer = (budget: StateBudget) => Layer.effect(StateSender, make(budget))
}

/** A request, and the latest time at which Gladys may have counted it. */
interface Spent {
  at: number
  readonly states: number
}

const make = (budget: StateBudget) =>
  Effect.gen(function* () {
    const host = yield* HostApi
    const inOrder = { live: yield* Effect.makeSemaphore(1), history: yield* Effect.makeSemaphore(1) }
    let spent: ReadonlyArray<Spent> = []

    /** Waits until the request fits into Gladys' window, wherever that starts. */
    const reserve = (states: number, limit: number): Effect.Effect<Spent> =>
      Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        spent = spent.filter(({ at }) => now - at <= budget.windowMillis)
        const used = spent.reduce((sum, each) => sum + each.states, 0)
        const oldest = spent[0]
        if (used + states <= limit || oldest === undefined) {
          const own = { at: now, states }
          spent = [...spent, own]
          return own
        }
        yield* Effect.sleep(Duration.millis(oldest.at + budget.windowMillis - now + 1))
        return yield* reserve(states, limit)
      })

    const sendBatch = (states: ReadonlyArray<State>, limit: number): Effect.Effect<void> =>
      Effect.gen(function* () {
        const own = yield* reserve(states.length, limit)
        const failure = yield* Effect.flip(host.sendStates(states)).pipe(
          Effect.catchAll(() => Effect.succeed(null)),
        )
        own.at = yield* Clock.currentTimeMillis
        if (failure === null) return
        if (neverTaken(failure)) {
          if (states.length === 1) return yield* Effect.logError(`${failure.message}. One value is lost.`)
          // Find the one bad value, so that the others are not lost.
          const half = Math.ceil(states.length / 2)
          yield* sendBatch(states.slice(0, half), limit)
          return yield* sendBatch(states.slice(half), limit)
        }
        yield* Effect.logInfo(failure.message)
        yield* Effect.sleep(pause(failure, budget))
        yield* sendBatch(states, limit)
      })

    return StateSender.of({
      send: (states, urgency) => {
        const limit = urgency === "live" ? budget.states : budget.historyStates
        const batches = Array.chunksOf(states, Math.min(statesARequest, limit))
        return Effect.forEach(batches, (batch) => sendBatch(batch, limit), { discard: true }).pipe(
          inOrder[urgency].withPermits(1),
        )
      },
    })
  })

/** Trying again would block all later states for ever. */
const neverTaken = (failure: HostError): boolean =>
  failure._tag === "HostRefused" && [400, 404, 413, 422].includes(failure.status)

const pause = (failure: HostError, budget: StateBudget): Duration.Duration =>
  failure._tag === "HostRefused" && failure.waitSeconds !== null
    ? Duration.seconds(failure.waitSeconds + 1)
    : Duration.millis(budget.windowMillis / 12)
