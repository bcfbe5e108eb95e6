import { buttonsOf, type DeviceDescriptor } from "@withings-bridge/core"
import type { ServicePlan } from "../Plan.ts"
import type { Settings } from "../settings.ts"

/** Home's numbers for the buttons of an accessory. A button keeps its number when others are missing. */
const numbers = { measured: 1, "went-to-bed": 2, "got-up": 3, "goal-reached": 4 } as const

const arabicNumerals = 1

/**
 * Buttons that the bridge presses: a single press announces a moment of this person. There is no double or long press.
 * Several buttons in one accessory need a label (HAP specification 8.35).
 */
export const buttons = (descriptor: DeviceDescriptor, settings: Settings): ReadonlyArray<ServicePlan> => {
  const own = settings.buttons ? buttonsOf(descriptor) : []
  const switches = own.map(({ button, name }): ServicePlan => ({
    type: "StatelessProgrammableSwitch",
    subtype: button,
    name: `${descriptor.name} ${name[settings.language]}`,
    characteristics: [
      { type: "ProgrammableSwitchEvent", value: null, range: { min: 0, max: 0 } },
      ...(own.length > 1 ? [{ type: "ServiceLabelIndex", value: numbers[button] } as const] : []),
    ],
  }))
  if (own.length < 2) return switches
  const label: ServicePlan = {
    type: "ServiceLabel",
    subtype: "buttons",
    name: descriptor.name,
    characteristics: [{ type: "ServiceLabelNamespace", value: arabicNumerals }],
  }
  return [...switches, label]
}
