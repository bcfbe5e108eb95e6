import type { DeviceDescriptor } from "../device/DeviceDescriptor.ts"
import type { Reading } from "../device/Reading.ts"
import { bedDelays, type BedChoices } from "./BedChoices.ts"
import { type Delays, type Held, type Settled, settleAll } from "./Held.ts"

type HeldStates = ReadonlyMap<string, Held>

/** Includes the delays, so that two processes with different ones do not fight over the state. */
const stateKey = ({ id }: DeviceDescriptor, { off, on }: Delays): string => `bed ${id} ${on}/${off}`

const bedOf = ({ features }: DeviceDescriptor): Reading | null | undefined =>
  features.find(({ nature }) => nature === "presence")?.reading

/** The new states of all beds with a delay. `descriptors` have the undelayed readings. */
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
 * A bed after its delay. A state that no process has settled yet is unknown; otherwise the first home to look after a
 * webhook would show the bed before its delay.
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
