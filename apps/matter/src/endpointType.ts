import { BooleanStateServer } from "@matter/main/behaviors/boolean-state"
import { BooleanStateConfigurationServer } from "@matter/main/behaviors/boolean-state-configuration"
import { BridgedDeviceBasicInformationServer } from "@matter/main/behaviors/bridged-device-basic-information"
import { CarbonDioxideConcentrationMeasurementServer } from "@matter/main/behaviors/carbon-dioxide-concentration-measurement"
import { OccupancySensingServer } from "@matter/main/behaviors/occupancy-sensing"
import { PowerSourceServer } from "@matter/main/behaviors/power-source"
import { SwitchServer } from "@matter/main/behaviors/switch"
import { AirQualityServer } from "@matter/main/behaviors/air-quality"
import { AirQualitySensorDevice } from "@matter/main/devices/air-quality-sensor"
import { ContactSensorDevice } from "@matter/main/devices/contact-sensor"
import { GenericSwitchDevice } from "@matter/main/devices/generic-switch"
import { OccupancySensorDevice } from "@matter/main/devices/occupancy-sensor"
import { TemperatureSensorDevice } from "@matter/main/devices/temperature-sensor"
import { BridgedNodeEndpoint } from "@matter/main/endpoints/bridged-node"
import type { EndpointType } from "@matter/main"
import { BridgedDescriptor } from "./BridgedDescriptor.ts"
import { HealthServer } from "./HealthServer.ts"
import type { EndpointPlan, MatterDevice } from "./Plan.ts"

const Bridged = BridgedDeviceBasicInformationServer
const Battery = PowerSourceServer.with("Battery")

/** Each device type with its clusters, without and with a battery. */
const types = {
  "occupancy-sensor": OccupancySensorDevice.with(
    Bridged,
    BridgedDescriptor,
    OccupancySensingServer.with("PhysicalContact", "OccupancyEvent"),
    BooleanStateConfigurationServer,
  ),
  "generic-switch": GenericSwitchDevice.with(
    Bridged,
    BridgedDescriptor,
    SwitchServer.with("MomentarySwitch"),
  ),
  "temperature-sensor": TemperatureSensorDevice.with(Bridged, BridgedDescriptor),
  "air-quality-sensor": AirQualitySensorDevice.with(
    Bridged,
    BridgedDescriptor,
    AirQualityServer.with("Fair", "Moderate", "VeryPoor"),
    CarbonDioxideConcentrationMeasurementServer.with("NumericMeasurement"),
  ),
  "contact-sensor": ContactSensorDevice.with(
    Bridged,
    BridgedDescriptor,
    BooleanStateServer.with("ChangeEvent"),
  ),
  health: BridgedNodeEndpoint.with(Bridged, BridgedDescriptor, HealthServer),
} as const satisfies Record<MatterDevice, EndpointType>

const typesWithBattery = {
  "occupancy-sensor": types["occupancy-sensor"].with(Battery),
  "generic-switch": types["generic-switch"].with(Battery),
  "temperature-sensor": types["temperature-sensor"].with(Battery),
  "air-quality-sensor": types["air-quality-sensor"].with(Battery),
  "contact-sensor": types["contact-sensor"].with(Battery),
  health: types.health.with(Battery),
} as const satisfies Record<MatterDevice, EndpointType>

export const endpointType = (plan: EndpointPlan): EndpointType =>
  (plan.live["powerSource"] === undefined ? types : typesWithBattery)[plan.device]
