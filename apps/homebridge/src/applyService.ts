import type { Button } from "@withings-bridge/core"
import type { API, Characteristic, CharacteristicProps, Formats, HAPStatus, Perms, Service } from "homebridge"
import { contextOf, pluginName, type Shown } from "./accessory.ts"
import type {
  CharacteristicPlan,
  CharacteristicValue,
  CustomCharacteristic,
  ServicePlan,
  ServiceType,
} from "./Plan.ts"

/** HAP's "no communication with the device": what Home shows as "No Response". */
const noResponse = -70402 as HAPStatus

/** Parts of an accessory. Users may rename all other services in Home. */
const unnamed: ReadonlySet<ServiceType> = new Set(["Battery", "ServiceLabel", "Measures"] as const)

/** Answers whether a service or characteristic is new. */
export const applyService = (api: API, accessory: Shown, plan: ServicePlan): boolean => {
  const uuid = serviceUuid(api, plan.type)
  const known = accessory.services.find((one) => one.UUID === uuid && one.subtype === plan.subtype)
  const service = known ?? accessory.addService(newService(api, plan))
  const before = service.characteristics.length
  if (!unnamed.has(plan.type)) applyName(api, accessory, service, plan)
  for (const characteristic of plan.characteristics) {
    applyCharacteristic({ api, accessory, service }, plan.subtype, characteristic)
  }
  return known === undefined || service.characteristics.length !== before
}

const serviceUuid = (api: API, type: ServiceType): string =>
  type === "Measures" ? api.hap.uuid.generate(`${pluginName}:service:measures`) : api.hap.Service[type].UUID

const newService = (api: API, plan: ServicePlan): Service =>
  plan.type === "Measures"
    ? new api.hap.Service(plan.name, serviceUuid(api, plan.type), plan.subtype)
    : new api.hap.Service[plan.type](plan.name, plan.subtype)

/** Follows the plan's name until the user renames the service in Home. */
const applyName = (api: API, accessory: Shown, service: Service, plan: ServicePlan) => {
  const { ConfiguredName } = api.hap.Characteristic
  const { names } = contextOf(accessory)
  if (!service.testCharacteristic(ConfiguredName)) {
    service.addCharacteristic(ConfiguredName)
    names[plan.subtype] = plan.name
    service.updateCharacteristic(ConfiguredName, plan.name)
  }
  const characteristic = service.getCharacteristic(ConfiguredName)
  if (characteristic.value === names[plan.subtype] && characteristic.value !== plan.name) {
    names[plan.subtype] = plan.name
    characteristic.updateValue(plan.name)
  }
  // Homebridge writes its cache only on request, and a rename has to survive a crash.
  if (!keepsNames.has(characteristic)) {
    keepsNames.add(characteristic)
    characteristic.onSet(() => {
      setImmediate(() => api.updatePlatformAccessories([accessory]))
    })
  }
}
const keepsNames = new WeakSet<Characteristic>()

/** The last value of each characteristic, so that nothing is sent twice. */
const lastValues = new WeakMap<Characteristic, CharacteristicValue>()

const applyCharacteristic = (
  { accessory, api, service }: { readonly api: API; readonly accessory: Shown; readonly service: Service },
  subtype: string,
  plan: CharacteristicPlan,
) => {
  const characteristic =
    plan.type === "custom"
      ? custom(api, service, plan)
      : service.getCharacteristic(api.hap.Characteristic[plan.type])
  const props = propsOf(plan)
  if (differs(characteristic.props, props)) characteristic.setProps(props)
  if (plan.type === "ProgrammableSwitchEvent") return
  if (plan.value === null) contextOf(accessory).unknown.push(`${subtype} ${characteristic.UUID}`)
  if (lastValues.has(characteristic) && lastValues.get(characteristic) === plan.value) return
  lastValues.set(characteristic, plan.value)
  characteristic.updateValue(plan.value ?? new api.hap.HapStatusError(noResponse))
}

const custom = (api: API, service: Service, plan: CustomCharacteristic): Characteristic => {
  const uuid = api.hap.uuid.generate(`${pluginName}:characteristic:${plan.key}`)
  const known = service.characteristics.find((characteristic) => characteristic.UUID === uuid)
  return (
    known ??
    service.addCharacteristic(
      new api.hap.Characteristic(plan.name, uuid, {
        format: plan.format as Formats,
        perms: ["pr", "ev"] as Array<Perms>,
        ...(plan.unit === null ? {} : { unit: plan.unit }),
        ...propsOf(plan),
      }),
    )
  )
}

const propsOf = (plan: CharacteristicPlan): Partial<CharacteristicProps> => {
  if (plan.range === undefined) return {}
  const { min, max } = plan.range
  if (plan.type === "ProgrammableSwitchEvent") return { minValue: min, maxValue: max, validValues: [min] }
  return { minValue: min, maxValue: max }
}

const differs = (now: CharacteristicProps, wanted: Partial<CharacteristicProps>): boolean =>
  now.minValue !== (wanted.minValue ?? now.minValue) ||
  now.maxValue !== (wanted.maxValue ?? now.maxValue) ||
  (now.validValues?.join() ?? "") !== (wanted.validValues ?? now.validValues ?? []).join()

/** After a restart, values come from Homebridge's cache, except unknown ones. */
export const restoreUnknown = (api: API, accessory: Shown): void => {
  const unknown = new Set(contextOf(accessory).unknown)
  for (const service of accessory.services) {
    for (const characteristic of service.characteristics) {
      if (unknown.has(`${service.subtype} ${characteristic.UUID}`)) {
        characteristic.updateValue(new api.hap.HapStatusError(noResponse))
      }
    }
  }
}

/** Presses a button once; false when the accessory has no such button. */
export const pressButton = (api: API, accessory: Shown, name: Button): boolean => {
  const button = accessory.getServiceById(api.hap.Service.StatelessProgrammableSwitch, name)
  const { ProgrammableSwitchEvent } = api.hap.Characteristic
  button
    ?.getCharacteristic(ProgrammableSwitchEvent)
    .sendEventNotification(ProgrammableSwitchEvent.SINGLE_PRESS)
  return button !== undefined
}
