import type { PersonId } from "@withings-bridge/core"

/** What Apple Home shows, as plain data: made by `toHomeKit`, carried out by `applyPlan`. */
export interface AccessoryPlan {
  /** Stable: the accessory's UUID is made from it. */
  readonly id: string
  readonly personId: PersonId | null
  /** Already within HomeKit's rules for names. */
  readonly name: string
  readonly model: string
  readonly services: ReadonlyArray<ServicePlan>
}

export interface ServicePlan {
  readonly type: ServiceType
  /** Stable and unique within its accessory. */
  readonly subtype: string
  readonly name: string
  readonly characteristics: ReadonlyArray<CharacteristicPlan>
}

/** Services of HAP by their name there; `Measures` is this plugin's own, for the custom characteristics. */
export type ServiceType =
  | "OccupancySensor"
  | "Battery"
  | "StatelessProgrammableSwitch"
  | "ServiceLabel"
  | "ContactSensor"
  | "TemperatureSensor"
  | "CarbonDioxideSensor"
  | "LightSensor"
  | "HumiditySensor"
  | "Measures"

export type CharacteristicPlan = AppleCharacteristic | CustomCharacteristic

export interface AppleCharacteristic {
  readonly type: AppleCharacteristicType
  readonly value: CharacteristicValue
  readonly range?: Range
}

export type AppleCharacteristicType =
  | "OccupancyDetected"
  | "StatusLowBattery"
  | "BatteryLevel"
  | "ChargingState"
  | "ContactSensorState"
  | "CurrentTemperature"
  | "CarbonDioxideDetected"
  | "CarbonDioxideLevel"
  | "CurrentAmbientLightLevel"
  | "CurrentRelativeHumidity"
  | "ProgrammableSwitchEvent"
  | "ServiceLabelIndex"
  | "ServiceLabelNamespace"
  | "StatusActive"
  | "StatusFault"

export interface CustomCharacteristic {
  readonly type: "custom"
  /** Stable over all accessories: its UUID is made from it. */
  readonly key: string
  readonly name: string
  readonly format: "float" | "int" | "string"
  readonly unit: string | null
  readonly range?: Range
  readonly value: CharacteristicValue
}

export interface Range {
  readonly min: number
  readonly max: number
}

/** null: unknown, or no longer true. A read then fails, which Home shows as "No Response". */
export type CharacteristicValue = number | string | boolean | null
