import type { DeviceDescriptor, Feature } from "@withings-bridge/core"
import type { ServicePlan } from "../Plan.ts"
import type { Settings } from "../settings.ts"
import { status } from "./status.ts"

const range = { min: -50, max: 100 }

/** None as long as nothing was measured. */
export const temperatureSensor = (
  descriptor: DeviceDescriptor,
  { name, reading }: Feature,
  { language, subtype }: { readonly subtype: string; readonly language: Settings["language"] },
): ReadonlyArray<ServicePlan> =>
  reading === null
    ? []
    : [
        {
          type: "TemperatureSensor",
          subtype,
          name: `${descriptor.name} ${name[language]}`,
          characteristics: [
            {
              type: "CurrentTemperature",
              value: Math.min(range.max, Math.max(range.min, reading.value)),
              range,
            },
            ...status(descriptor.availability, reading.stale),
          ],
        },
      ]
