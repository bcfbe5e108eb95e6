import type { DeviceDescriptor, Feature } from "@withings-bridge/core"

/**
 * A condition on one person's measures that a household chose to see as a contact sensor: open when it holds.
 * `above` (reached counts) and `below` take a number in the kind's unit, or the kind of another measure ("goal-steps");
 * `is` the numbers of a verdict.
 */
export interface ContactRule {
  /** Stable while threshold and name change. */
  readonly id: string
  readonly name: string
  readonly person: string
  /** Key of a measure kind: "weight", "spo2", "steps". */
  readonly kind: string
  readonly condition: ContactCondition
}

export type ContactCondition =
  | { readonly above: number | string }
  | { readonly below: number | string }
  | { readonly is: ReadonlyArray<number> }
  | { readonly silentForDays: number }

/** Whether the condition holds; null when that is not known. `devices` are those of the rule's person. */
export const alerts = (
  rule: ContactRule,
  devices: ReadonlyArray<DeviceDescriptor>,
  now: number,
): boolean | null => {
  const { condition } = rule
  const reading = newest(devices, rule.kind)
  if (reading === null) return null
  if ("silentForDays" in condition) return now - reading.at > condition.silentForDays * 86_400
  if (reading.stale) return null
  if ("is" in condition) return condition.is.includes(reading.value)
  const bound = "above" in condition ? condition.above : condition.below
  const limit = typeof bound === "number" ? bound : newest(devices, bound)?.value
  if (limit === undefined) return null
  return "above" in condition ? reading.value >= limit : reading.value < limit
}

/** The newest reading of a kind on any of a person's devices. */
export const newest = (devices: ReadonlyArray<DeviceDescriptor>, kind: string): Feature["reading"] => {
  let found: Feature["reading"] = null
  for (const { features } of devices)
    for (const { kind: of, reading } of features)
      if (of === kind && reading !== null && (found === null || reading.at > found.at)) found = reading
  return found
}
