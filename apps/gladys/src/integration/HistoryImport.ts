import { epochSeconds, type StoreError } from "@withings-bridge/core"
import { Context, Effect, Layer, Ref } from "effect"
import { pointsOf } from "../askCore.ts"
import type { BridgeHost } from "../BridgeHost.ts"
import type { CreatedFeatures } from "./CreatedFeatures.ts"
import { statesARequest } from "./HostApi.ts"
import { Settings } from "./Settings.ts"
import { type StateBudget, StateSender } from "./StateSender.ts"
import { SentLedger } from "./SentLedger.ts"
import { toDatedState } from "./toStates.ts"
import { countOf, isComplete, type Unfinished, unfinishedPast } from "./unfinishedPast.ts"

/** What is left of an import. */
export interface ImportProgress {
  readonly left: number
  readonly minutesLeft: number
  /** Epoch seconds: everything newer is in Gladys. */
  readonly reached: number
}

/** Days of history to import. */
export interface Reach {
  readonly essential: number
  readonly others: number
}

/**
 * Imports the past into Gladys in the background, newest first, within Gladys' limits. Its position is in the ledger: it
 * goes on after a restart of either side, and asking again for days that were imported sends nothing.
 */
export class HistoryImport extends Context.Tag("withings-gladys/integration/HistoryImport")<
  HistoryImport,
  {
    /** Asks for the history of all created devices; null: there is nothing to import. */
    readonly want: (days: Reach) => Effect.Effect<ImportProgress | null, StoreError>
    /** null when nothing is being imported. */
    readonly progress: Effect.Effect<ImportProgress | null>
    /** Looks again: Gladys may have a new feature without its past. */
    readonly wake: Effect.Effect<void>
    /** Imports for ever, and runs `onProgress` after each request. */
    readonly run: (onProgress: Effect.Effect<void>) => Effect.Effect<never>
  }
>() {
  static readonly layer = (budget: StateBudget) => Layer.effect(HistoryImport, make(budget))
}

type Needs = BridgeHost | CreatedFeatures | Settings | StateSender | SentLedger

const day = 86_400
const lookAgain = "5 seconds"

const make = (budget: StateBudget) =>
  Effect.gen(function* () {
    const needs = yield* Effect.context<Needs>()
    const work = yield* newWork(budget)
    return HistoryImport.of({
      want: (days) => Effect.provide(want(work, days), needs),
      progress: Ref.get(work.counted),
      wake: Effect.asVoid(work.awake.open),
      run: (onProgress) =>
        turn(work, onProgress).pipe(
          Effect.catchAll((error) =>
            Effect.zipRight(Effect.logWarning(error.message), Effect.sleep(lookAgain)),
          ),
          Effect.forever,
          Effect.provide(needs),
        ),
    })
  })

/** An import at work. */
const newWork = ({ historyStates, windowMillis }: StateBudget) =>
  Effect.gen(function* () {
    return {
      // States of one request. Equal requests that use the whole of the budget: of 250 a minute, three times 83 rather than twice 100.
      portion: Math.floor(historyStates / Math.ceil(historyStates / statesARequest)),
      minutesFor: (states: number) => Math.ceil((states / historyStates) * (windowMillis / 60_000)),
      counted: yield* Ref.make<ImportProgress | null>(null),
      // Closed while there is nothing to import.
      awake: yield* Effect.makeLatch(true),
    }
  })
type Work = Effect.Effect.Success<ReturnType<typeof newWork>>

const want = Effect.fn("HistoryImport.want")(function* (work: Work, { essential, others }: Reach) {
  if (essential <= 0 && others <= 0) return null
  const now = yield* epochSeconds
  yield* (yield* SentLedger).extend({ essential: now - essential * day, others: now - others * day })
  yield* count(work)
  yield* work.awake.open
  return yield* Ref.get(work.counted)
})

const count = Effect.fn("HistoryImport.count")(function* ({ counted, minutesFor }: Work) {
  const all = yield* unfinishedPast
  const counts = yield* Effect.forEach(all, countOf)
  const left = counts.reduce((sum, each) => sum + each, 0)
  const reached = all[0]?.low ?? 0
  yield* Ref.set(counted, left === 0 ? null : { left, minutesLeft: minutesFor(left), reached })
})

const turn = Effect.fn("HistoryImport.turn")(function* (work: Work, onProgress: Effect.Effect<void>) {
  yield* work.awake.await
  if ((yield* Ref.get(work.counted)) === null) yield* count(work)
  if (yield* step(work)) return yield* onProgress
  if ((yield* unfinishedPast).length > 0) {
    // There is more to count when the first history is complete.
    yield* Effect.sleep(lookAgain)
    return yield* count(work)
  }
  yield* Ref.set(work.counted, null)
  yield* work.awake.close
  yield* onProgress
})

/** Imports a part of the first feature that is ready; false: none is. */
const step = Effect.fn("HistoryImport.step")(function* (work: Work) {
  for (const each of yield* unfinishedPast) {
    if (each.sent === null || !(yield* isComplete(each.pairing))) continue
    yield* importPart(work, each)
    return true
  }
  return false
})

/** Sends as much of one feature as fits into a request. */
const importPart = Effect.fn("HistoryImport.importPart")(function* (work: Work, unfinished: Unfinished) {
  const { horizon, low, pairing } = unfinished
  const { language } = yield* (yield* Settings).get
  const points = yield* pointsOf(pairing, { after: horizon, before: low, take: work.portion })
  const states = points.map((point) => toDatedState(pairing, point, language))
  yield* (yield* StateSender).send(states, "history")
  const oldest = points.length < work.portion ? undefined : points.at(-1)
  yield* remember(unfinished, oldest?.at ?? horizon)
  yield* Ref.update(work.counted, (before) => {
    if (before === null) return null
    const left = Math.max(0, before.left - points.length)
    return { left, minutesLeft: work.minutesFor(left), reached: Math.min(before.reached, low) }
  })
  if (points.length > 0) yield* (yield* SentLedger).save
})

/** Does nothing for a device that was removed and added again during the request. */
const remember = Effect.fn("HistoryImport.remember")(function* ({ low, pairing }: Unfinished, to: number) {
  const ledger = yield* SentLedger
  const now = yield* ledger.sent(pairing.gladys.external_id)
  if (now?.low === low) yield* ledger.record(pairing.gladys.external_id, { ...now, low: to })
})
