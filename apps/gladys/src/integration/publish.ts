import { type Household, type MeasuredEvent, epochSeconds } from "@withings-bridge/core"
import { Effect } from "effect"
import { pointsOf } from "../askCore.ts"
import { epochOf } from "../isoTime.ts"
import type { Pairing } from "../toGladys.ts"
import { CreatedFeatures, type CreatedPairing } from "./CreatedFeatures.ts"
import { Settings } from "./Settings.ts"
import { StateSender } from "./StateSender.ts"
import { SentLedger } from "./SentLedger.ts"
import { toDatedState, toNewStates, type Sent } from "./toStates.ts"

/** Sends Gladys what changed since the last call. Returns when Gladys has it. One call at a time. */
export const publish = Effect.fn("Publisher.publish")(function* (
  household: Household,
  measured: ReadonlyArray<MeasuredEvent>,
) {
  const ledger = yield* SentLedger
  const pairings = yield* (yield* CreatedFeatures).pairings(household)
  // Before the ledger moves on: newStates sends what is newest now, so it is not late.
  const late = yield* lateStates(pairings, measured)
  const news = yield* Effect.forEach(pairings, newStates)
  const states = [...news.flatMap((each) => each.states), ...late]
  if (states.length > 0) yield* (yield* StateSender).send(states, "live")
  const moved = news.flatMap(({ before, externalId, sent }) =>
    sent === null || sent === before ? [] : [{ externalId, sent }],
  )
  if (moved.length === 0) return
  yield* Effect.forEach(moved, ({ externalId, sent }) => ledger.record(externalId, sent))
  yield* ledger.save
})

/** After a long absence the rest is the import's. */
const mostBetween = 1000

const newStates = Effect.fn("Publisher.newStates")(function* (pairing: CreatedPairing) {
  const { language } = yield* (yield* Settings).get
  const before = yield* (yield* SentLedger).sent(pairing.gladys.external_id)
  const sent = sentBefore(pairing, before)
  const now = yield* epochSeconds
  const at = pairing.feature.reading?.at ?? 0
  const between =
    sent !== null && at > sent.high
      ? yield* pointsOf(pairing, { after: sent.high + 1, before: at, take: mostBetween })
      : []
  const since = epochOf(pairing.inGladys.created_at ?? "")
  const result = toNewStates({ pairing, sent, between, now, language, since })
  return { externalId: pairing.gladys.external_id, before, ...result }
})

/** Measures that reached Withings late, older than what Gladys knows of the feature already. */
const lateStates = (pairings: ReadonlyArray<Pairing>, measured: ReadonlyArray<MeasuredEvent>) => {
  const pairs = measured.flatMap((event) =>
    pairings.filter((pairing) => concerns(event, pairing)).map((pairing) => ({ at: event.at, pairing })),
  )
  return Effect.map(
    Effect.forEach(pairs, ({ at, pairing }) => lateState(pairing, at)),
    (states) => states.flat(),
  )
}

const lateState = Effect.fn("Publisher.lateState")(function* (pairing: Pairing, at: number) {
  const { language } = yield* (yield* Settings).get
  const sent = yield* (yield* SentLedger).sent(pairing.gladys.external_id)
  if (sent === null || at >= sent.high || at < sent.low) return []
  const points = yield* pointsOf(pairing, { after: at, before: at + 1, take: 1 })
  return points.map((point) => toDatedState(pairing, point, language))
})

const concerns = (event: MeasuredEvent, { descriptor, feature, strings }: Pairing) =>
  descriptor.id === event.descriptorId && event.kinds.includes(feature.kind) && strings.type !== "text"

/** After a crash between Gladys' answer and the entry in the ledger, Gladys' own last value shows that it was sent. */
const sentBefore = ({ feature, gladys, inGladys }: CreatedPairing, sent: Sent | null): Sent | null => {
  const { reading } = feature
  const changed = epochOf(inGladys.last_value_changed ?? "")
  const hasIt =
    reading !== null &&
    changed !== null &&
    changed >= reading.at &&
    inGladys.last_value === gladys.last_value &&
    (inGladys.last_value_string ?? null) === gladys.last_value_string &&
    (sent === null || reading.at > sent.high)
  return hasIt ? { high: reading.at, low: sent?.low ?? reading.at, value: reading.value } : sent
}
