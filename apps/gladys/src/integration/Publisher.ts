import {
  type Household,
  HouseholdFeed,
  type MeasuredEvent,
  type StoreError,
  type PersonId,
} from "@withings-bridge/core"
import { Clock, Context, Effect, Layer } from "effect"
import { BridgeHost } from "../BridgeHost.ts"
import { Refresh } from "../Refresh.ts"
import { shownDescriptors } from "../shownDescriptors.ts"
import { toGladys } from "../toGladys.ts"
import { CreatedFeatures, type CreatedPairing } from "./CreatedFeatures.ts"
import { type CreatedDevice, HostApi } from "./HostApi.ts"
import { publish } from "./publish.ts"
import { Settings } from "./Settings.ts"
import type { StateSender } from "./StateSender.ts"
import type { ToldLedger } from "./ToldLedger.ts"
import { longestFirst, toDiscovered } from "./toDiscovered.ts"

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
  ).pipe(Layer.provide(CreatedFeatures.layer))
}

type Needs = HostApi | BridgeHost | Settings | StateSender | ToldLedger | CreatedFeatures

const make = Effect.gen(function* () {
  const needs = yield* Effect.context<Needs>()
  const created = yield* CreatedFeatures
  const oneAtATime = yield* Effect.makeSemaphore(1)
  const current = Effect.provide(currentHousehold, needs)
  const publishInTurn = (household: Household, measured: ReadonlyArray<MeasuredEvent>) =>
    publish(household, measured).pipe(oneAtATime.withPermits(1), Effect.provide(needs))

  return Publisher.of({
    discover: Effect.provide(discover, needs),
    setCreated: created.set,
    addCreated: created.add,
    removeCreated: created.remove,
    publish: publishInTurn,
    publishCurrent: Effect.flatMap(current, (household) => publishInTurn(household, [])),
    unready: Effect.provide(unready, needs),
    createdPairings: Effect.flatMap(current, created.pairings),
  })
})

/** Seconds after a sign-in: longer than that, an incomplete list is better than none. */
const waitForFirstValues = 180

const currentHousehold = Effect.flatMap(BridgeHost, (bridge) =>
  bridge.use(Effect.flatMap(HouseholdFeed, (feed) => feed.current)),
)

const firstValuesKnown = (personId: PersonId) =>
  Effect.flatMap(BridgeHost, (bridge) =>
    bridge.use(Effect.flatMap(Refresh, (sync) => sync.firstValuesKnown(personId))),
  )

/** Persons whose devices would be incomplete: their newest values are still on their way. */
const unready = Effect.gen(function* () {
  const { persons } = yield* currentHousehold
  const now = (yield* Clock.currentTimeMillis) / 1000
  const waiting = persons.filter(
    ({ standing }) => standing.state === "signed-in" && now - standing.since < waitForFirstValues,
  )
  const incomplete = yield* Effect.filter(waiting, ({ id }) => firstValuesKnown(id), { negate: true })
  return new Set(incomplete.map(({ id }) => id))
})

const discover = Effect.gen(function* () {
  const settings = yield* Settings
  const naming = yield* settings.naming
  const { values } = yield* settings.get
  const incomplete = yield* unready
  const offered = shownDescriptors(yield* currentHousehold, values).filter(
    ({ features, personId }) => features.length > 0 && (personId === null || !incomplete.has(personId)),
  )
  const host = yield* HostApi
  yield* host
    .discover(longestFirst(offered).map((descriptor) => toDiscovered(toGladys(descriptor, naming))))
    .pipe(Effect.catchAll((error) => Effect.logWarning(error.message)))
})
