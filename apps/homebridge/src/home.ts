import { countShown, type Home, type ShownAs } from "@withings-bridge/core"
import type { AccessoryPlan, ServicePlan, ServiceType } from "./Plan.ts"
import { readSettings, type Settings } from "./settings.ts"
import { toHomeKit } from "./toHomeKit.ts"

const shapes: Readonly<Record<ServiceType, ShownAs | null>> = {
  OccupancySensor: "presence",
  Battery: "battery",
  StatelessProgrammableSwitch: "button",
  // It only numbers the buttons.
  ServiceLabel: null,
  ContactSensor: "contact",
  TemperatureSensor: "sensor",
  CarbonDioxideSensor: "sensor",
  LightSensor: "sensor",
  HumiditySensor: "sensor",
  Measures: "custom",
}

/** Characteristics of `Measures` that are about the device and not values. */
const aboutTheDevice = new Set(["last-measured", "standing"])

const shapesOf = ({ characteristics, type }: ServicePlan): ReadonlyArray<ShownAs> => {
  const shape = shapes[type]
  if (shape === null) return []
  if (shape !== "custom") return [shape]
  return characteristics.flatMap((each) =>
    each.type === "custom" && !aboutTheDevice.has(each.key) ? [shape] : [],
  )
}

/** Apple Home. Homebridge runs it, with the settings of its config.json; here are the defaults. */
export const homebridge: Home<Settings, ReadonlyArray<AccessoryPlan>> = {
  name: "homebridge",
  title: "Apple Home",
  about: "Apple Home, by the Homebridge plugin",
  settings: {
    table: {},
    read: () => ({ settings: readSettings({}).settings, mistakes: [] }),
  },
  ports: () => [],
  keeps: [],
  plan: (household, settings) => toHomeKit(household, settings),
  shows: ({ features, id }, settings, household) =>
    countShown([
      ...toHomeKit(household, settings)
        .filter((accessory) => accessory.id === id)
        .flatMap(({ services }) => services.flatMap(shapesOf)),
      // Each rule is a separate accessory.
      ...features.filter(({ nature }) => nature === "rule").map(() => "contact" as const),
    ]),
}
