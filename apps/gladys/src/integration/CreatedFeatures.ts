import type { Household } from "@withings-bridge/core"
import { Context, Effect, Layer, Ref } from "effect"
import { household } from "../askCore.ts"
import { type Pairing, toPairings } from "../toGladys.ts"
import type { CreatedDevice, CreatedFeature } from "./HostApi.ts"
import { Settings } from "./Settings.ts"
import { SentLedger } from "./SentLedger.ts"

/** A feature of ours together with what Gladys made of it. */
export interface CreatedPairing extends Pairing {
  readonly inGladys: CreatedFeature
}

/** The features that the user created in Gladys: only these take states. */
export class CreatedFeatures extends Context.Tag("withings-gladys/integration/CreatedFeatures")<
  CreatedFeatures,
  {
    /** From now on the features of these devices, and no others. */
    readonly set: (devices: ReadonlyArray<CreatedDevice>) => Effect.Effect<void>
    readonly add: (device: CreatedDevice) => Effect.Effect<void>
    /** Added again, the device starts with an empty history: the import has to bring all of it again. */
    readonly remove: (device: CreatedDevice) => Effect.Effect<void>
    readonly pairings: (household: Household) => Effect.Effect<ReadonlyArray<CreatedPairing>>
  }
>() {
  static readonly layer = Layer.effect(
    CreatedFeatures,
    Effect.suspend(() => make),
  )
}

export const createdPairings = Effect.flatMap(household, (now) =>
  Effect.flatMap(CreatedFeatures, (created) => created.pairings(now)),
)

const make = Effect.gen(function* () {
  const settings = yield* Settings
  const ledger = yield* SentLedger
  const created = yield* Ref.make<ReadonlyMap<string, CreatedFeature>>(new Map())
  const keep = (features: ReadonlyArray<CreatedFeature>) =>
    Effect.zipRight(
      Ref.set(created, new Map(features.map((feature) => [feature.external_id, feature]))),
      ledger.reconcile(features),
    )
  const without = ({ features }: CreatedDevice) =>
    Effect.map(Ref.get(created), (known) => {
      const ids = new Set(features.map(({ external_id }) => external_id))
      return [...known.values()].filter(({ external_id }) => !ids.has(external_id))
    })
  return CreatedFeatures.of({
    set: (devices) => keep(devices.flatMap(({ features }) => features)),
    add: (device) => Effect.flatMap(without(device), (others) => keep([...others, ...device.features])),
    remove: (device) => Effect.zipRight(Effect.flatMap(without(device), keep), ledger.save),
    pairings: (household) =>
      Effect.gen(function* () {
        const naming = yield* settings.naming
        const known = yield* Ref.get(created)
        return household.descriptors
          .flatMap((descriptor) => toPairings(descriptor, naming))
          .flatMap((pairing): ReadonlyArray<CreatedPairing> => {
            const inGladys = known.get(pairing.gladys.external_id)
            return inGladys === undefined ? [] : [{ ...pairing, inGladys }]
          })
      }),
  })
})
