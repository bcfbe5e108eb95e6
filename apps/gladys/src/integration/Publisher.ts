import {
  type Household,
  HouseholdFeed,
  type MeasuredEvent,
  type StoreError,
  epochSeconds,
} from "@withings-bridge/core"
import { Clock, Context, Effect, Layer, Ref } from "effect"
import { BridgeHost } from "../BridgeHost.ts"
import { FeatureHistory, type Window } from "../FeatureHistory.ts"
import { shownDescriptors } from "../shownDescriptors.ts"
import { epochOf } from "../isoTime.ts"
import { Refresh } from "../Refresh.ts"
import { type Pairing, toGladys, toPairings } from "../toGladys.ts"
import { type CreatedDevice, type CreatedFeature, HostApi, type State } from "./HostApi.ts"
import { Settings } from "./Settings.ts"
import { StateSender } from "./StateSender.ts"
import { ToldLedger } from "./ToldLedger.ts"
import { longestFirst, toDiscovered } from "./toDiscovered.ts"
import { toDatedState, toNewStates, type Told } from "./toStates.ts"

/** Keeps Gladys' view of the household right: which devices there are, and the values of those the user created. */
export class Publisher extends Context.Tag("withings-gladys/integration/Publisher")<
  Publisher,
  {
    /** Tells which devices there are; Gladys forgets the list when it restarts. */
    readonly discover: Effect.Effect<void, StoreError>
    /** From now on these are the devices that take states, and no others. */
    readonly setCreated: (devices: ReadonlyArray<CreatedDevice>) => Effect.Effect<void>
    readonly addCreated: (device: CreatedDevice) => Effect.Effect<void>
    readonly removeCreated: (device: CreatedDevice) => Effect.Effect<void>
    /** Tells what changed since Gladys was last told. Comes back when Gladys has it. */
    readonly publish: (
      household: Household,
      measured: ReadonlyArray<MeasuredEvent>,
    ) => Effect.Effect<void, StoreError>
    readonly publishCurrent: Effect.Effect<void, StoreError>
    /** Ids of persons whose devices are not offered yet, because they would be incomplete. */
    readonly unready: Effect.Effect<ReadonlySet<string>, StoreError>
    /** The features that take states. */
    readonly createdPairings: Effect.Effect<ReadonlyArray<CreatedPairing>, StoreError>
  }
>() {
  static readonly layer = Layer.effect(
    Publisher,
    Effect.suspend(() => make),
  )
}

/** A feature of ours together with what Gladys made of it. */
export interface CreatedPairing extends Pairing {
  readonly inGladys: CreatedFeature
}

/** After a long absence the rest is the import's. */
const mostBetween = 1000
/** Seconds after a sign-in: longer than that, an incomplete list is better than none. */
const waitForFirstValues = 180

const make = Effect.gen(function* () {
  const host = yield* HostApi
  const bridge = yield* BridgeHost
  const settings = yield* Settings
  const sender = yield* StateSender
  const ledger = yield* ToldLedger
  const created = yield* Ref.make<ReadonlyMap<string, CreatedFeature>>(new Map())
  const oneAtATime = yield* Effect.makeSemaphore(1)

  const current = bridge.use(Effect.flatMap(HouseholdFeed, (feed) => feed.current))
  /** Persons whose devices would be incomplete: their newest values are still on their way. */
  const unready = Effect.gen(function* () {
    const { persons } = yield* current
    const now = (yield* Clock.currentTimeMillis) / 1000
    const waiting = persons.filter(
      ({ standing }) => standing.state === "signed-in" && now - standing.since < waitForFirstValues,
    )
    const ids = yield* Effect.forEach(waiting, ({ id }) =>
      Effect.map(
        bridge.use(Effect.flatMap(Refresh, (sync) => sync.firstValuesKnown(id))),
        (known): ReadonlyArray<string> => (known ? [] : [id]),
      ),
    )
    return new Set(ids.flat())
  })

  const saved = ledger.save.pipe(Effect.catchAll((error) => Effect.logWarning(error.message)))

  const pairingsOf = (household: Household) =>
    Effect.gen(function* () {
      const naming = yield* settings.naming
      const known = yield* Ref.get(created)
      return household.descriptors
        .flatMap((descriptor) => toPairings(descriptor, naming))
        .flatMap((pairing): ReadonlyArray<CreatedPairing> => {
          const inGladys = known.get(pairing.gladys.external_id)
          return inGladys === undefined ? [] : [{ ...pairing, inGladys }]
        })
    })

  const pointsOf = ({ descriptor, feature }: Pairing, window: Window) =>
    bridge.use(Effect.flatMap(FeatureHistory, (history) => history.points(descriptor, feature, window)))

  const newStates = (pairing: CreatedPairing) =>
    Effect.gen(function* () {
      const { language } = yield* settings.get
      const before = yield* ledger.told(pairing.gladys.external_id)
      const told = toldBefore(pairing, before)
      const now = yield* epochSeconds
      const at = pairing.feature.reading?.at ?? 0
      const between =
        told !== null && at > told.high
          ? yield* pointsOf(pairing, { after: told.high + 1, before: at, take: mostBetween })
          : []
      const result = toNewStates({
        pairing,
        told,
        between,
        now,
        language,
        since: epochOf(pairing.inGladys.created_at ?? ""),
      })
      return { externalId: pairing.gladys.external_id, before, ...result }
    })

  /** Measures that reached Withings late, older than what Gladys knows of the feature already. */
  const lateStates = (pairings: ReadonlyArray<Pairing>, measured: ReadonlyArray<MeasuredEvent>) =>
    Effect.gen(function* () {
      const { language } = yield* settings.get
      const pairs = measured.flatMap((event) =>
        pairings.filter((pairing) => concerns(event, pairing)).map((pairing) => ({ event, pairing })),
      )
      const states = yield* Effect.forEach(pairs, ({ event: { at }, pairing }) =>
        Effect.gen(function* () {
          const told = yield* ledger.told(pairing.gladys.external_id)
          if (told === null || at >= told.high || at < told.low) return []
          const points = yield* pointsOf(pairing, { after: at, before: at + 1, take: 1 })
          return points.map((point) => toDatedState(pairing, point, language))
        }),
      )
      return states.flat()
    })

  const publish = (household: Household, measured: ReadonlyArray<MeasuredEvent>) =>
    Effect.gen(function* () {
      const pairings = yield* pairingsOf(household)
      // Before the ledger moves on: what is newest now is told by newStates, not as late.
      const late: ReadonlyArray<State> = yield* lateStates(pairings, measured)
      const news = yield* Effect.forEach(pairings, newStates)
      const moved = news.filter(({ told, before }) => told !== null && told !== before)
      const states = [...news.flatMap((each) => each.states), ...late]
      if (states.length > 0) yield* sender.send(states, "live")
      if (moved.length === 0) return
      yield* Effect.forEach(moved, ({ externalId, told }) =>
        told === null ? Effect.void : ledger.tell(externalId, told),
      )
      yield* saved
    }).pipe(oneAtATime.withPermits(1))

  const take = (features: ReadonlyArray<CreatedFeature>) =>
    Effect.gen(function* () {
      yield* Ref.set(created, new Map(features.map((feature) => [feature.external_id, feature])))
      yield* ledger.reconcile(features)
    })

  return Publisher.of({
    discover: Effect.gen(function* () {
      const naming = yield* settings.naming
      const { values } = yield* settings.get
      const incomplete = yield* unready
      const descriptors = shownDescriptors(yield* current, values).filter(
        ({ personId }) => personId === null || !incomplete.has(personId),
      )
      const told = longestFirst(descriptors.filter(({ features }) => features.length > 0)).map((descriptor) =>
        toDiscovered(toGladys(descriptor, naming)),
      )
      yield* host.discover(told).pipe(Effect.catchAll((error) => Effect.logWarning(error.message)))
    }),
    setCreated: (devices) => take(devices.flatMap(({ features }) => features)),
    addCreated: ({ features }) =>
      Effect.flatMap(Ref.get(created), (known) => {
        const ids = new Set(features.map(({ external_id }) => external_id))
        return take([...[...known.values()].filter(({ external_id }) => !ids.has(external_id)), ...features])
      }),
    removeCreated: ({ features }) =>
      Effect.gen(function* () {
        const ids = new Set(features.map(({ external_id }) => external_id))
        // Added again, the device starts with an empty history: the import has to bring all of it again.
        const known = yield* Ref.get(created)
        yield* take([...known.values()].filter(({ external_id }) => !ids.has(external_id)))
        yield* saved
      }),
    unready,
    publish,
    publishCurrent: Effect.flatMap(current, (household) => publish(household, [])),
    createdPairings: Effect.flatMap(current, pairingsOf),
  })
})

const concerns = (event: MeasuredEvent, { descriptor, feature, strings }: Pairing) =>
  descriptor.id === event.descriptorId && event.kinds.includes(feature.kind) && strings.type !== "text"

/** A crash between Gladys' answer and ours to the ledger: Gladys' own last value shows that it was told. */
const toldBefore = ({ feature, gladys, inGladys }: CreatedPairing, told: Told | null): Told | null => {
  const { reading } = feature
  const changed = epochOf(inGladys.last_value_changed ?? "")
  const hasIt =
    reading !== null &&
    changed !== null &&
    changed >= reading.at &&
    inGladys.last_value === gladys.last_value &&
    (inGladys.last_value_string ?? null) === gladys.last_value_string &&
    (told === null || reading.at > told.high)
  return hasIt ? { high: reading.at, low: told?.low ?? reading.at, value: reading.value } : told
}
