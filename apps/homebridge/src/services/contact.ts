import type { DeviceDescriptor, Feature } from "@withings-bridge/core"
import { homeKitName } from "../homeKitName.ts"
import type { AccessoryPlan } from "../Plan.ts"
import { status } from "./status.ts"

/**
 * A rule as a contact that opens when the rule begins to hold, so that Home can notify and automate. It is a separate
 * accessory, so that a new scale does not break the automation.
 */
export const contact = (descriptor: DeviceDescriptor, rule: Feature): AccessoryPlan => {
  const name = homeKitName(`${rule.name.en} ${descriptor.personName ?? ""}`)
  return {
    id: `rule:${descriptor.personId}:${rule.name.en}`,
    personId: descriptor.personId,
    name,
    model: "Rule",
    services: [
      {
        type: "ContactSensor",
        subtype: "rule",
        name,
        characteristics: [
          { type: "ContactSensorState", value: rule.reading?.value ?? null },
          ...status(descriptor.availability, rule.reading === null),
        ],
      },
    ],
  }
}
