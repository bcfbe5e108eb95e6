import type { DeviceDescriptor } from "../device/DeviceDescriptor.ts"
import type { Reading } from "../device/Reading.ts"
import { dueAt, settle, type Delays, type Held } from "./Held.ts"

type HeldStates = ReadonlyMap<string, Held>

const stateKey = ({ id }: DeviceDescriptor): string => `bed ${id}`

const bedOf = ({ deviceClass, features }: DeviceDescriptor): Reading | null | undefined =>
  deviceClass === "sleep-monitor" ? features.find(({ nature }) => nature === "presence")?.reading : undefined

/** The states of all beds now, from those until now. `descriptors` tell what the mats say, without a delay. */
export const settleBeds = (
  held: HeldStates,
  descriptors: ReadonlyArray<DeviceDescriptor>,
  delays: Delays,
  now: number,
): { readonly states: HeldStates; readonly due: number | null } => {
  const states = new Map<string, Held>()
  const dues: Array<number> = []
  for (const descriptor of descriptors) {
    const reading = bedOf(descriptor)
    if (reading === undefined) continue
    const raw = reading === null ? null : reading.value === 1
    const state = settle(held.get(stateKey(descriptor)) ?? null, raw, reading?.at ?? now, delays, now)
    states.set(stateKey(descriptor), state)
    const due = dueAt(state, delays)
    if (due !== null) dues.push(due)
  }
  return { states, due: dues.length === 0 ? null : Math.min(...dues) }
}

/**
 * A mat as homes are told: in bed or not only once it has been so for long enough. A state that nobody has settled yet is
 * not known: the first home to look after a webhook would else tell of a bed before its delay.
 */
export const withDelay =
  (held: HeldStates) =>
  (descriptor: DeviceDescriptor): DeviceDescriptor => {
    const reading = bedOf(descriptor)
    if (reading === undefined || reading === null) return descriptor
    const { since, value } = held.get(stateKey(descriptor)) ?? unsettled
    const told: Reading | null =
      value === null ? null : { value: value ? 1 : 0, at: since, stale: reading.stale }
    return {
      ...descriptor,
      features: descriptor.features.map((feature) =>
        feature.nature === "presence" ? { ...feature, reading: told } : feature,
      ),
    }
  }

const unsettled: Held = { value: null, since: 0, otherwiseSince: null }
