import { HouseholdFeed, type Household, type MeasuredEvent } from "@withings-bridge/core"
import { Clock, Context, Effect, Layer, Ref } from "effect"
import { BridgeHost } from "../BridgeHost.ts"
import { FeatureHistory, type Window } from "../FeatureHistory.ts"
import type { GladysDevice } from "../GladysDevice.ts"
import { epochOf } from "../isoTime.ts"
import { type Pairing, toGladys, toPairings } from "../toGladys.ts"
import { type CreatedDevice, HostApi, type State } from "./HostApi.ts"
import { Settings } from "./Settings.ts"
import { StateSender } from "./StateSender.ts"
import { ToldLedger } from "./ToldLedger.ts"
import { toDatedState, toNewStates } from "./toStates.ts"

/** Keeps Gladys' view of the household right: which devices there are, and the values of those the user created. */
export class Publisher extends Context.Tag("withings-gladys/integration/Publisher")<
  Publisher,
  {
    /** Tells which devices there are; Gladys forgets the list when it restarts. */
    readonly discover: Effect.Effect<void>
    /** From now on these are the devices that take states, and no others. */
    readonly setCreated: (devices: ReadonlyArray<CreatedDevice>) => Effect.Effect<void>
    readonly addCreated: (device: CreatedDevice) => Effect.Effect<void>
    readonly removeCreated: (device: CreatedDevice) => Effect.Effect<void>
    /** Tells what changed since Gladys was last told. Comes back when Gladys has it. */
    readonly publish: (household: Household, measured: ReadonlyArray<MeasuredEvent>) => Effect.Effect<void>
    readonly publishCurrent: Effect.Effect<void>
    /** The features that take states. */
    readonly createdPairings: Effect.Effect<ReadonlyArray<Pairing>>
  }
>() {
  static readonly layer = Layer.effect(
    Publisher,
    Effect.suspend(() => make),
  )
}

const make = Effect.gen(function* () {
  const host = yield* HostApi
  const bridge = yield* BridgeHost
  const settings = yield* Settings
  const sender = yield* StateSender
  const ledger = yield* ToldLedger
  const created = yield* Ref.make<ReadonlyMap<string, CreatedFeature>>(new Map())
  const oneAtATime = yield* Effect.makeSemaphore(1)

  const current = Effect.orDie(bridge.use(Effect.flatMap(HouseholdFeed, (feed) => feed.current)))

  const pairingsOf = (household: Household) =>
    Effect.gen(function* () {
      const naming = yield* settings.naming
      const known = yield* Ref.get(created)
      return household.descriptors
        .flatMap((descriptor) => toPairings(descriptor, naming))
        .filter(({ gladys }) => known.has(gladys.external_id))
    })

  const pointsOf = ({ descriptor, feature }: Pairing, window: Window) =>
    Effect.orDie(
      bridge.use(Effect.flatMap(FeatureHistory, (history) => history.points(descriptor, feature, window))),
    )

  /** A crash between Gladys' answer and ours to the ledger: Gladys' own last value shows that it was told. */
  const toldBefore = (pairing: Pairing) =>
    Effect.gen(function* () {
      const told = yield* ledger.told(pairing.gladys.external_id)
      const { reading } = pairing.feature
      const inGladys = (yield* Ref.get(created)).get(pairing.gladys.external_id)
      const changed = epochOf(inGladys?.last_value_changed ?? "")
      const hasIt =
        reading !== null &&
        changed !== null &&
        changed >= reading.at &&
        inGladys?.last_value === pairing.gladys.last_value &&
        (told === null || reading.at > told.high)
      return hasIt ? { high: reading.at, low: told?.low ?? reading.at, value: reading.value } : told
    })

  const newStates = (pairing: Pairing) =>
    Effect.gen(function* () {
      const { language } = yield* settings.get
      const told = yield* toldBefore(pairing)
      const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
      const before = pairing.feature.reading?.at ?? 0
      const between =
        told !== null && before > told.high
          ? yield* pointsOf(pairing, { after: told.high + 1, before, take: mostBetween })
          : []
      const result = toNewStates(pairing, told, between, now, language)
      return { externalId: pairing.gladys.external_id, before: told, ...result }
    })

  /** Measures that reached Withings late, older than what Gladys knows of the feature already. */
  const lateStates = (pairings: ReadonlyArray<Pairing>, measured: ReadonlyArray<MeasuredEvent>) =>
    Effect.gen(function* () {
      const { language } = yield* settings.get
      const states = yield* Effect.forEach(measured, (event) =>
        Effect.forEach(pairings, (pairing) =>
          Effect.gen(function* () {
            const told = yield* ledger.told(pairing.gladys.external_id)
            const concerned =
              pairing.descriptor.id === event.descriptorId && event.kinds.includes(pairing.feature.kind)
            if (!concerned || told === null || event.at >= told.high || event.at < told.low) return []
            if (pairing.strings.type === "text") return []
            const points = yield* pointsOf(pairing, { after: event.at, before: event.at + 1, take: 1 })
            return points.map((point) => toDatedState(pairing, point, language))
          }),
        ),
      )
      return states.flat(2)
    })

  const publish = (household: Household, measured: ReadonlyArray<MeasuredEvent>) =>
    Effect.gen(function* () {
      const pairings = yield* pairingsOf(household)
      // Before the ledger moves on: what is newest now is told by newStates, not as late.
      const late: ReadonlyArray<State> = yield* lateStates(pairings, measured)
      const news = yield* Effect.forEach(pairings, newStates)
      const states = [...news.flatMap((each) => each.states), ...late]
      if (states.length === 0) return
      yield* sender.send(states, "live")
      yield* Effect.forEach(news, ({ externalId, told, before }) =>
        told === null || told === before ? Effect.void : ledger.tell(externalId, told),
      )
      yield* ledger.save.pipe(Effect.catchAll((error) => Effect.logWarning(error.message)))
    }).pipe(oneAtATime.withPermits(1))

  return Publisher.of({
    discover: Effect.gen(function* () {
      const naming = yield* settings.naming
      const { descriptors } = yield* current
      const devices = descriptors.map((descriptor) => toGladys(descriptor, naming))
      yield* host.discover(devices.filter(({ features }) => features.length > 0).map(discovered))
    }).pipe(Effect.catchAll((error) => Effect.logWarning(error.message))),
    setCreated: (devices) => Ref.set(created, new Map(devices.flatMap(featuresById))),
    addCreated: (device) => Ref.update(created, (known) => new Map([...known, ...featuresById(device)])),
    removeCreated: (device) =>
      Effect.gen(function* () {
        const ids = device.features.map((feature) => feature.external_id)
        yield* Ref.update(created, (known) => new Map([...known].filter(([id]) => !ids.includes(id))))
        // Added again, the device starts with an empty history: the import has to bring all of it again.
        yield* ledger.forget(ids)
        yield* ledger.save.pipe(Effect.catchAll((error) => Effect.logWarning(error.message)))
      }),
    publish,
    publishCurrent: Effect.flatMap(current, (household) => publish(household, [])),
    createdPairings: Effect.flatMap(current, pairingsOf),
  })
})

type CreatedFeature = CreatedDevice["features"][number]

/** After a long absence the rest is the import's. */
const mostBetween = 1000

const featuresById = (device: CreatedDevice) =>
  device.features.map((feature) => [feature.external_id, feature] as const)

/** Gladys gives ids, selectors and values itself. */
const discovered = ({ name, model, external_id, params, features }: GladysDevice) => ({
  name,
  model,
  external_id,
  params,
  features: features.map(
    ({ category, type, unit, min, max, read_only, has_feedback, keep_history, ...feature }) => ({
      name: feature.name,
      external_id: feature.external_id,
      category,
      type,
      unit,
      min,
      max,
      read_only,
      has_feedback,
      keep_history,
    }),
  ),
})
