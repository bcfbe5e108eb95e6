import { Effect } from "effect"
import { askCore } from "../askCore.ts"
import { FeatureHistory } from "../FeatureHistory.ts"
import { Refresh } from "../Refresh.ts"
import { createdPairings, type CreatedPairing } from "./CreatedFeatures.ts"
import { SentLedger } from "./SentLedger.ts"
import type { Sent } from "./toStates.ts"

/** A feature whose past between the horizon and `low` is not in Gladys yet. */
export interface Unfinished {
  readonly pairing: CreatedPairing
  /** null until Gladys has its newest value, which comes before its past. */
  readonly sent: Sent | null
  readonly low: number
  readonly horizon: number
}

/** The one whose missing part is newest comes first. */
export const unfinishedPast = Effect.gen(function* () {
  const pairings = (yield* createdPairings).filter(
    ({ strings, inGladys }) => strings.keepHistory && inGladys.keep_history !== false,
  )
  const all = yield* Effect.forEach(pairings, unfinishedOf)
  return all.flat().toSorted((one, other) => other.low - one.low)
})

const unfinishedOf = Effect.fn("HistoryImport.unfinishedOf")(function* (pairing: CreatedPairing) {
  const ledger = yield* SentLedger
  const sent = yield* ledger.sent(pairing.gladys.external_id)
  const horizon = yield* ledger.horizon(pairing.feature.essential === true)
  const low = sent?.low ?? pairing.feature.reading?.at ?? null
  return low === null || horizon === null || low <= horizon ? [] : [{ pairing, sent, low, horizon }]
})

export const countOf = ({ pairing: { descriptor, feature }, low, horizon }: Unfinished) =>
  askCore(FeatureHistory, (history) => history.count(descriptor, feature, { after: horizon, before: low }))

/** Withings' pages are not ordered by time: an import while they still arrive would miss measures. */
export const isComplete = ({ descriptor: { personId } }: CreatedPairing) =>
  personId === null ? Effect.succeed(true) : askCore(Refresh, (sync) => sync.historyComplete(personId))
