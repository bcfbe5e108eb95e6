import { Chunk, Clock, Duration, Effect, Either, Stream } from "effect"
import type { Measure } from "../src/measure/Measure.ts"
import type { PersonId } from "../src/measure/Person.ts"
import { History } from "../src/store/History.ts"
import type { LeaseGrant } from "../src/store/Lease.ts"
import { SyncCursor } from "../src/store/SyncCursor.ts"
import { firstAgenda } from "../src/sync/Agenda.ts"
import { isRefused } from "../src/withings/client/WithingsError.ts"
import * as Plan from "../src/sync/SyncPlan.ts"
import { takeStep } from "../src/sync/takeStep.ts"
import { nextInTurn } from "./nextInTurn.ts"

/** Sleeps take a hundredth of their time. */
export const hurried = <A, E, R>(effect: Effect.Effect<A, E, R>) => {
  const real = Clock.make()
  const sleep = (time: Duration.Duration) => real.sleep(Duration.times(time, 0.01))
  return Effect.withClock(effect, Object.assign(Clock.make(), { sleep }))
}

const day = 86_400
const now = () => Math.floor(Date.now() / 1000)

/** A person's engine without its clock: takes the steps of the plan on demand. */
export const makeSync = (personId: PersonId, grant: LeaseGrant, intradayDays = 0) =>
  Effect.gen(function* () {
    const cursors = yield* SyncCursor
    let later = 0
    let agenda = firstAgenda(now())

    const take = (step: Exclude<Plan.Step, { readonly _tag: "Wait" }>) =>
      Effect.gen(function* () {
        const exit = yield* Effect.either(takeStep({ personId, grant }, step))
        const at = now() + later
        if (Either.isRight(exit)) agenda = Plan.afterStep(agenda, step, at)
        else if (exit.left._tag !== "LeaseLost" && isRefused(exit.left))
          agenda = Plan.afterRefusal(agenda, step, at)
        return exit
      })

    const next = Effect.gen(function* () {
      return nextInTurn({
        now: now() + later,
        cursors: yield* cursors.of(personId),
        requests: yield* cursors.requests(personId),
        agenda,
        pace: { jitter: 1, hourOfDay: 12, pollEvery: 300, announced: [] },
        intradayDays,
      })
    })

    return {
      take,
      step: Effect.flatMap(next, (step) => (step._tag === "Wait" ? Effect.void : take(step))),
      restart: Effect.sync(() => (agenda = firstAgenda(now()))),
      /** Until nothing is left to do; then once more, after two days. */
      settle: Effect.gen(function* () {
        for (const wait of [0, 2 * day, 0]) {
          later += wait
          for (let steps = 0; ; steps++) {
            const step = yield* next
            if (step._tag === "Wait") break
            if (steps > 200) return yield* Effect.dieMessage(`The sync does not end: ${JSON.stringify(step)}`)
            const exit = yield* take(step)
            if (Either.isLeft(exit)) return yield* Effect.die(exit.left)
          }
        }
      }),
    }
  })

/** Measures as text, without `modified`. */
export const lines = (measures: ReadonlyArray<Measure>) =>
  measures
    .filter(({ source }) => source !== "goal")
    .map((one) =>
      [one.source, one.group, one.kind, one.position, one.at, one.value, one.deviceId, one.attribution].join(
        " ",
      ),
    )

export const without = (all: ReadonlySet<string>, some: ReadonlySet<string>) =>
  [...all].filter((one) => !some.has(one))

export const inStore = (personId: PersonId) =>
  Effect.flatMap(History, (history) => Stream.runCollect(history.all(personId))).pipe(
    Effect.map(Chunk.toReadonlyArray),
    Effect.map(lines),
  )
