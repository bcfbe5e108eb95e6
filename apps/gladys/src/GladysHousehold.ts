import { Context, Effect } from "effect"
import { household } from "./askCore.ts"
import { shownDescriptors, withoutRepeats } from "./shownDescriptors.ts"
import { type Naming, type Pairing, toGladys, toPairings } from "./toGladys.ts"

/** The prefix of ids and the language of this Gladys. */
export class GladysNaming extends Context.Tag("withings-gladys/GladysNaming")<GladysNaming, Naming>() {}

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
