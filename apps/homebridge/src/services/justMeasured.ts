import type { DeviceDescriptor, Feature } from "@withings-bridge/core"
import type { ServicePlan } from "../Plan.ts"
import type { Settings } from "../settings.ts"

/**
 * A button that nobody presses by hand: its single press means "this person has just measured on this device".
 * It knows no double or long press.
 */
export const justMeasured = (
  descriptor: DeviceDescriptor,
  feature: Feature,
  settings: Settings,
): ReadonlyArray<ServicePlan> =>
  settings.buttons
    ? [
        {
          type: "StatelessProgrammableSwitch",
          subtype: feature.key,
          name: `${descriptor.name} ${feature.name[settings.language]}`,
          characteristics: [{ type: "ProgrammableSwitchEvent", value: null, range: { min: 0, max: 0 } }],
        },
      ]
    : []
