import { Clock, Context, Effect, Layer, Ref } from "effect"
import { BridgeHost } from "../BridgeHost.ts"
import { FeatureHistory, type Window } from "../FeatureHistory.ts"
import { Refresh } from "../Refresh.ts"
import type { Pairing } from "../toGladys.ts"
import { statesARequest } from "./HostApi.ts"
import { Publisher } from "./Publisher.ts"
import { Settings } from "./Settings.ts"
import { type StateBudget, StateSender } from "./StateSender.ts"
import { ToldLedger } from "./ToldLedger.ts"
import { toDatedState } from "./toStates.ts"

export interface ImportProgress {
  readonly sent: number
  readonly total: number
  readonly minutesLeft: number
}

/**
 * Brings the past to Gladys in the background, newest first, as slowly as Gladys wants it. Where it is stands in the
 * ledger: it goes on after a restart of either side, and asking again for days that were imported sends nothing.
 */
export class HistoryImport extends Context.Tag("withings-gladys/integration/HistoryImport")<
  HistoryImport,
  {
    /** Wants the history of all created devices from so many days ago on; null when there is nothing to bring. */
    readonly want: (days: number) => Effect.Effect<ImportProgress | null>
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

const day = 86_400

const make = (budget: StateBudget) =>
  Effect.gen(function* () {
    const publisher = yield* Publisher
    const bridge = yield* BridgeHost
    const settings = yield* Settings
    const sender = yield* StateSender
    const ledger = yield* ToldLedger
    const counted = yield* Ref.make<{ readonly sent: number; readonly total: number } | null>(null)
    const awake = yield* Effect.makeLatch(true)

    // Equal requests that use the whole of the budget: of 250 a minute, three times 83 rather than twice 100.
    const portion = Math.floor(budget.historyStates / Math.ceil(budget.historyStates / statesARequest))

    const pointsOf = ({ descriptor, feature }: Pairing, window: Window) =>
      Effect.orDie(
        bridge.use(Effect.flatMap(FeatureHistory, (history) => history.points(descriptor, feature, window))),
      )

    const countOf = ({ descriptor, feature }: Pairing, window: Omit<Window, "take">) =>
      Effect.orDie(
        bridge.use(Effect.flatMap(FeatureHistory, (history) => history.count(descriptor, feature, window))),
      )

    /** Features whose past is not all told, the one that lacks the newest part first. */
    const unfinished = Effect.gen(function* () {
      const horizon = yield* ledger.horizon
      if (horizon === null) return []
      const pairings = (yield* publisher.createdPairings).filter(({ strings }) => strings.keepHistory)
      const all = yield* Effect.forEach(pairings, (pairing) =>
        Effect.map(ledger.told(pairing.gladys.external_id), (told) => ({ pairing, told, horizon })),
      )
      return all
        .flatMap(({ told, ...rest }) => (told !== null && told.low > horizon ? [{ ...rest, told }] : []))
        .toSorted((one, other) => other.told.low - one.told.low)
    })

    const count = Effect.gen(function* () {
      const counts = yield* Effect.forEach(yield* unfinished, ({ pairing, told, horizon }) =>
        countOf(pairing, { after: horizon, before: told.low }),
      )
      const total = counts.reduce((sum, each) => sum + each, 0)
      yield* Ref.set(counted, total === 0 ? null : { sent: 0, total })
    })

    const progress = Effect.map(Ref.get(counted), (now) =>
      now === null
        ? null
        : {
            ...now,
            minutesLeft: Math.ceil(
              ((now.total - now.sent) / budget.historyStates) * (budget.windowMillis / 60_000),
            ),
          },
    )

    /** One request's worth. False when nothing can be told at the moment. */
    const step = Effect.gen(function* () {
      for (const { pairing, told, horizon } of yield* unfinished) {
        if (!(yield* complete(pairing))) continue
        const { language } = yield* settings.get
        const window = { after: horizon, before: told.low, take: portion }
        const points = yield* pointsOf(pairing, window)
        yield* sender.send(
          points.map((point) => toDatedState(pairing, point, language)),
          "history",
        )
        const low = points.length < portion ? horizon : (points.at(-1)?.at ?? horizon)
        // A device removed and added again while the request was on its way starts anew.
        const now = yield* ledger.told(pairing.gladys.external_id)
        if (now?.low === told.low) yield* ledger.tell(pairing.gladys.external_id, { ...now, low })
        yield* Ref.update(counted, (so) => (so === null ? null : { ...so, sent: so.sent + points.length }))
        if (points.length > 0)
          yield* ledger.save.pipe(Effect.catchAll((error) => Effect.logWarning(error.message)))
        return true
      }
      return false
    })

    /** Pages of Withings come in no order: what is imported while they still arrive would miss the others. */
    const complete = ({ descriptor }: Pairing) =>
      descriptor.personId === null
        ? Effect.succeed(true)
        : Effect.orDie(
            bridge.use(Effect.flatMap(Refresh, (sync) => sync.historyComplete(descriptor.personId ?? ""))),
          )

    return HistoryImport.of({
      want: (days) =>
        Effect.gen(function* () {
          if (days <= 0) return null
          const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
          const before = yield* ledger.horizon
          yield* ledger.setHorizon(Math.min(before ?? now, now - days * day))
          yield* count
          yield* awake.open
          return yield* progress
        }),
      progress,
      wake: Effect.asVoid(awake.open),
      run: (onProgress) =>
        Effect.gen(function* () {
          yield* awake.await
          if ((yield* Ref.get(counted)) === null) yield* count
          if (yield* step) return yield* onProgress
          if ((yield* unfinished).length > 0) {
            // There is more to count when the first history is whole.
            yield* Effect.sleep("5 seconds")
            return yield* count
          }
          yield* Ref.set(counted, null)
          yield* awake.close
          yield* onProgress
        }).pipe(
          Effect.catchAllCause((cause) => Effect.logError("The import stumbled and goes on", cause)),
          Effect.forever,
        ),
    })
  })
