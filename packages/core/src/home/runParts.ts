import { Data, Effect, Queue, Ref } from "effect"
import { Bridge } from "../Bridge.ts"
import { BridgeConfig } from "../BridgeConfig.ts"
import type { Access, Part, PartHost } from "./Home.ts"
import { type Ended, keepRunning } from "./keepRunning.ts"

/** A part that is to run, with the settings that it has read. */
export interface ChosenPart {
  readonly part: Part
  readonly settings: unknown
}

/** What happens to a part. */
export type PartEvent = { readonly part: Part } & (
  | Ended
  | { readonly type: "up" | "changed"; readonly access: Access }
)

export type TellPart = (event: PartEvent) => Effect.Effect<void>

/** No part could start: nothing is left to run. */
export class NothingRuns extends Data.TaggedError("NothingRuns")<{ readonly message: string }> {}

/** Lets the answer to the request for a restart go out first. */
const answerIsOut = "100 millis"

/**
 * One core and the parts over it, until interrupted. A part that fails or dies of a defect is started again alone;
 * core and parts begin anew together when a part asks for it. Fails when no part could start.
 */
export const runParts = (home: string, parts: ReadonlyArray<ChosenPart>, tell: TellPart) =>
  Effect.gen(function* () {
    const restarts = yield* Queue.sliding<Effect.Effect<void>>(1)
    const restartAfter = (work: Effect.Effect<void>) => Effect.asVoid(Queue.offer(restarts, work))
    const untilRestart = Effect.gen(function* () {
      const config = yield* BridgeConfig.loadWith({ home })
      const work = yield* overCore(config, { parts, restartAfter, tell }).pipe(
        Effect.zipRight(Effect.never),
        Effect.provide(Bridge.layer(config)),
        Effect.raceFirst(Effect.zipLeft(Queue.take(restarts), Effect.sleep(answerIsOut))),
      )
      yield* work
    })
    return yield* Effect.forever(untilRestart)
  })

const without = (names: ReadonlySet<string>, name: string): ReadonlySet<string> =>
  new Set([...names].filter((other) => other !== name))

interface OverCore {
  readonly parts: ReadonlyArray<ChosenPart>
  readonly tell: TellPart
  readonly restartAfter: PartHost["restartAfter"]
}

/** The parts over a core that runs already. */
export const overCore = (config: BridgeConfig, { parts, restartAfter, tell }: OverCore) =>
  Effect.gen(function* () {
    const accesses = yield* Ref.make<ReadonlyMap<string, Access>>(new Map())
    const notStarted = yield* Ref.make<ReadonlySet<string>>(new Set())

    const showing = (part: Part, up: Effect.Effect<void>) => (access: Access) =>
      Effect.gen(function* () {
        const before = (yield* Ref.get(accesses)).get(part.name)
        yield* Ref.update(accesses, (all) => new Map(all).set(part.name, access))
        if (before === undefined)
          yield* Effect.zipRight(
            Ref.update(notStarted, (all) => without(all, part.name)),
            up,
          )
        yield* tell({ part, access, type: before === undefined ? "up" : "changed" })
      })
    const onEnd = (part: Part) => (event: Ended) =>
      Effect.gen(function* () {
        yield* Ref.update(accesses, (all) => new Map([...all].filter(([name]) => name !== part.name)))
        const failed = event.wasUp
          ? new Set()
          : yield* Ref.updateAndGet(notStarted, (all) => new Set(all).add(part.name))
        if (failed.size === parts.length)
          return yield* new NothingRuns({ message: `${part.title} could not start: ${event.why}` })
        yield* tell({ part, ...event })
      })

    return yield* Effect.forEach(
      parts,
      ({ part, settings }) =>
        keepRunning(part, {
          run: (up) =>
            part
              .run?.(settings, {
                config,
                restart: restartAfter(Effect.void),
                restartAfter,
                accesses: Ref.get(accesses),
                show: showing(part, up),
              })
              .pipe(Effect.annotateLogs("part", part.name)) ?? Effect.never,
          onEnd: onEnd(part),
        }),
      { concurrency: "unbounded", discard: true },
    )
  })
