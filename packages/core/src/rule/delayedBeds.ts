import type { DeviceDescriptor } from "../device/DeviceDescriptor.ts"
import type { Reading } from "../device/Reading.ts"
import { bedDelays, type BedChoices } from "./BedChoices.ts"
import { type Delays, type Held, type Settled, settleAll } from "./Held.ts"

type HeldStates = ReadonlyMap<string, Held>

/** The delays are part of it: two processes that were started with different ones would overwrite each other without end. */
const stateKey = ({ id }: DeviceDescriptor, { off, on }: Delays): string => `bed ${id} ${on}/${off}`

const bedOf = ({ features }: DeviceDescriptor): Reading | null | undefined =>
  features.find(({ nature }) => nature === "presence")?.reading

/** The states of all beds with a delay now, from those until now. `descriptors` tell what the mats say. */
export const settleBeds = (
  held: HeldStates,
  descriptors: ReadonlyArray<DeviceDescriptor>,
  choices: BedChoices,
  now: number,
): Settled =>
  settleAll(
    held,
    descriptors.flatMap((descriptor) => {
      const reading = bedOf(descriptor)
      const delays = bedDelays(choices, descriptor)
      if (reading === undefined || delays === null) return []
      const raw = reading === null ? null : reading.value === 1
      return [{ key: stateKey(descriptor, delays), raw, since: reading?.at ?? now, delays }]
    }),
    now,
  )

/**
 * A bed as homes are told: occupied or not only once it has been so for long enough. A state that nobody has settled yet
 * is not known: the first home to look after a webhook would else tell of a bed before its delay.
 */
export const withDelay =
  (held: HeldStates, choices: BedChoices) =>
  (descriptor: DeviceDescriptor): DeviceDescriptor => {
    const reading = bedOf(descriptor)
    const delays = bedDelays(choices, descriptor)
    if (reading === undefined || reading === null || delays === null) return descriptor
    const { since, value } = held.get(stateKey(descriptor, delays)) ?? unsettled
    return withBed(
      descriptor,
      value === null ? null : { value: value ? 1 : 0, at: since, stale: reading.stale },
    )
  }

export const withBed = (descriptor: DeviceDescriptor, reading: Reading | null): DeviceDescriptor => ({
  ...descriptor,
  features: descriptor.features.map((feature) =>
    feature.nature === "presence" ? { ...feature, reading } : feature,
  ),
})

const unsettled: Held = { value: null, since: 0, otherwiseSince: null }
