import {
  type DeviceDescriptor,
  type Household,
  HouseholdFeed,
  isShown,
  type ShownValues,
} from "@withings-bridge/core"
import { Context, Effect, Layer } from "effect"
import { BridgeHost } from "./BridgeHost.ts"
import { type Naming, type Pairing, toGladys, toPairings } from "./toGladys.ts"

/** How this Gladys calls things: set once at the edge. */
export class GladysNaming extends Context.Tag("withings-gladys/GladysNaming")<GladysNaming, Naming>() {
  static readonly layer = (naming: Naming) => Layer.succeed(GladysNaming, naming)
}

/** The essential features, or all. */
export const shownDescriptors = (
  household: Household,
  values: ShownValues = household.values,
): ReadonlyArray<DeviceDescriptor> =>
  withoutRepeats(household.descriptors).map((descriptor) => ({
    ...descriptor,
    features: descriptor.features.filter((feature) => isShown(feature, values)),
  }))

/** Of a person themselves only what none of their devices tells. */
const withoutRepeats = (descriptors: ReadonlyArray<DeviceDescriptor>): ReadonlyArray<DeviceDescriptor> =>
  descriptors.map((descriptor) => {
    if (descriptor.deviceClass !== "person") return descriptor
    const own = descriptors.filter(
      ({ deviceId, personId }) => deviceId !== null && personId === descriptor.personId,
    )
    const told = new Set(own.flatMap(({ features }) => features.map(({ key }) => key)))
    return { ...descriptor, features: descriptor.features.filter(({ key }) => !told.has(key)) }
  })

const household = Effect.flatMap(BridgeHost, (host) =>
  host.use(Effect.flatMap(HouseholdFeed, (feed) => feed.current)),
)

/** Every device of the household as Gladys speaks of it, with the descriptor it comes from. */
export const gladysDevices = Effect.gen(function* () {
  const naming = yield* GladysNaming
  return shownDescriptors(yield* household).map((descriptor) => ({
    descriptor,
    device: toGladys(descriptor, naming),
  }))
})

/** Every feature of the household, by its Gladys selector. */
export const pairingsBySelector = Effect.gen(function* () {
  const naming = yield* GladysNaming
  const pairings = withoutRepeats((yield* household).descriptors).flatMap((descriptor) =>
    toPairings(descriptor, naming),
  )
  return new Map<string, Pairing>(pairings.map((pairing) => [pairing.gladys.selector, pairing]))
})
