import type { StoreError } from "@withings-bridge/core"
import { epochSeconds } from "@withings-bridge/core"
import { Context, Effect, Layer, Ref } from "effect"
import { BridgeHost } from "../BridgeHost.ts"
import { FeatureHistory, type Point } from "../FeatureHistory.ts"
import { Refresh } from "../Refresh.ts"
import { statesARequest } from "./HostApi.ts"
import { type CreatedPairing, Publisher } from "./Publisher.ts"
import { Settings } from "./Settings.ts"
import { type StateBudget, StateSender } from "./StateSender.ts"
import { ToldLedger } from "./ToldLedger.ts"
import { toDatedState, type Told } from "./toStates.ts"

/** What an import has still to do. */
export interface ImportProgress {
  readonly left: number
  readonly minutesLeft: number
  /** Epoch seconds: what was taken after it is in Gladys. */
  readonly reached: number
}

/** Days of history to bring. */
export interface Reach {
  readonly essential: number
  readonly others: number
}

/**
 * Brings the past to Gladys in the background, newest first, as slowly as Gladys wants it. Where it is stands in the
 * ledger: it goes on after a restart of either side, and asking again for days that were imported sends nothing.
 */
export class HistoryImport extends Context.Tag("withings-gladys/integration/HistoryImport")<
  HistoryImport,
  {
    /** Wants the history of all created devices; null when there is nothing to bring. */
    readonly want: (days: Reach) => Effect.Effect<ImportProgress | null, StoreError>
    /** null when nothing is being imported. */
    readonly progress: Effect.Effect<ImportProgress | null>
    /** Looks again: Gladys was told of something whose past it may not have. */
    readonly wake: Effect.Effect<void>
    /** Does the work for ever; `onProgress` after each request. */
    readonly run: (onProgress: Effect.Effect<void>) => Effect.Effect<never>
  }
>() {
  static readonly layer = (budget: StateBudget) => Layer.effect(HistoryImport, make(budget))
}

/** A feature whose past, between the horizon and `low`, is not told yet. */
interface Unfinished {
  readonly pairing: CreatedPairing
  /** null until its newest value is told; its past comes after that. */
  readonly told: Told | null
  readonly low: number
  readonly horizon: number
}

const day = 86_400
const lookAgain = "5 seconds"

const make = (budget: StateBudget) =>
  Effect.gen(function* () {
    const past = yield* pastReader
    const publisher = yield* Publisher
    const settings = yield* Settings
    const sender = yield* StateSender
    const ledger = yield* ToldLedger
    const counted = yield* Ref.make<ImportProgress | null>(null)
    const awake = yield* Effect.makeLatch(true)

    // Equal requests that use the whole of the budget: of 250 a minute, three times 83 rather than twice 100.
    const portion = Math.floor(budget.historyStates / Math.ceil(budget.historyStates / statesARequest))
    const minutesFor = (states: number) =>
      Math.ceil((states / budget.historyStates) * (budget.windowMillis / 60_000))

    /** The one that lacks the newest part first. */
    const unfinished = Effect.gen(function* () {
      const pairings = (yield* publisher.createdPairings).filter(
        ({ strings, inGladys }) => strings.keepHistory && inGladys.keep_history !== false,
      )
      const all = yield* Effect.forEach(pairings, (pairing) =>
        Effect.gen(function* () {
          const told = yield* ledger.told(pairing.gladys.external_id)
          const horizon = yield* ledger.horizon(pairing.feature.essential === true)
          const low = told?.low ?? pairing.feature.reading?.at ?? null
          return low === null || horizon === null || low <= horizon ? [] : [{ pairing, told, low, horizon }]
        }),
      )
      return all.flat().toSorted((one, other) => other.low - one.low)
    })

    const count = Effect.gen(function* () {
      const all = yield* unfinished
      const counts = yield* Effect.forEach(all, past.count)
      const left = counts.reduce((sum, each) => sum + each, 0)
      const reached = all[0]?.low ?? 0
      yield* Ref.set(counted, left === 0 ? null : { left, minutesLeft: minutesFor(left), reached })
    })

    /** One request's worth of one feature. */
    const tell = (unfinished: Unfinished) =>
      Effect.gen(function* () {
        const { horizon, pairing } = unfinished
        const { language } = yield* settings.get
        const points = yield* past.points(unfinished, portion)
        yield* sender.send(
          points.map((point) => toDatedState(pairing, point, language)),
          "history",
        )
        const low = points.length < portion ? horizon : (points.at(-1)?.at ?? horizon)
        // A device removed and added again while the request was on its way starts anew.
        const now = yield* ledger.told(pairing.gladys.external_id)
        if (now?.low === unfinished.low) yield* ledger.tell(pairing.gladys.external_id, { ...now, low })
        yield* Ref.update(counted, (so) => {
          if (so === null) return null
          const left = Math.max(0, so.left - points.length)
          return { left, minutesLeft: minutesFor(left), reached: Math.min(so.reached, unfinished.low) }
        })
        if (points.length > 0)
          yield* ledger.save.pipe(Effect.catchAll((error) => Effect.logWarning(error.message)))
      })

    /** Tells the first that can be told; false when none can at the moment. */
    const step = Effect.gen(function* () {
      for (const each of yield* unfinished) {
        if (each.told === null || !(yield* past.isComplete(each.pairing))) continue
        yield* tell(each)
        return true
      }
      return false
    })

    const turn = (onProgress: Effect.Effect<void>) =>
      Effect.gen(function* () {
        yield* awake.await
        if ((yield* Ref.get(counted)) === null) yield* count
        if (yield* step) return yield* onProgress
        if ((yield* unfinished).length > 0) {
          // There is more to count when the first history is whole.
          yield* Effect.sleep(lookAgain)
          return yield* count
        }
        yield* Ref.set(counted, null)
        yield* awake.close
        yield* onProgress
      })

    return HistoryImport.of({
      want: ({ essential, others }) =>
        Effect.gen(function* () {
          if (essential <= 0 && others <= 0) return null
          const now = yield* epochSeconds
          yield* ledger.extend({ essential: now - essential * day, others: now - others * day })
          yield* count
          yield* awake.open
          return yield* Ref.get(counted)
        }),
      progress: Ref.get(counted),
      wake: Effect.asVoid(awake.open),
      run: (onProgress) =>
        turn(onProgress).pipe(
          Effect.catchAll((error) =>
            Effect.zipRight(Effect.logWarning(error.message), Effect.sleep(lookAgain)),
          ),
          Effect.forever,
        ),
    })
  })

/** What the core has of the past. */
const pastReader = Effect.map(BridgeHost, (bridge) => ({
  points: (
    { pairing, low, horizon }: Unfinished,
    take: number,
  ): Effect.Effect<ReadonlyArray<Point>, StoreError> =>
    bridge.use(
      Effect.flatMap(FeatureHistory, (history) =>
        history.points(pairing.descriptor, pairing.feature, { after: horizon, before: low, take }),
      ),
    ),
  count: ({ pairing, low, horizon }: Unfinished): Effect.Effect<number, StoreError> =>
    bridge.use(
      Effect.flatMap(FeatureHistory, (history) =>
        history.count(pairing.descriptor, pairing.feature, { after: horizon, before: low }),
      ),
    ),
  /** Pages of Withings come in no order: what is imported while they still arrive would miss the others. */
  isComplete: ({ descriptor: { personId } }: CreatedPairing): Effect.Effect<boolean, StoreError> =>
    personId === null
      ? Effect.succeed(true)
      : bridge.use(Effect.flatMap(Refresh, (sync) => sync.historyComplete(personId))),
}))
