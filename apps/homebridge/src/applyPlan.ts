import type { API, Categories } from "homebridge"
import {
  type AccessoryContext,
  contextOf,
  firmwareRevision,
  platformName,
  pluginName,
  type Shown,
} from "./accessory.ts"
import { applyService } from "./applyService.ts"
import type { AccessoryPlan, ServicePlan } from "./Plan.ts"

export interface Changes {
  readonly added: ReadonlyArray<string>
  readonly removed: ReadonlyArray<string>
}

/** Brings Homebridge's accessories to the plan, and touches only what differs. */
export const applyPlan = (
  api: API,
  /** By UUID. Is kept up to date. */
  shown: Map<string, Shown>,
  plans: ReadonlyArray<AccessoryPlan>,
  mayBeRemoved: (context: AccessoryContext) => boolean,
): Changes => {
  const added: Array<Shown> = []
  const reshaped: Array<Shown> = []
  const planned = new Set<string>()
  for (const plan of plans) {
    const uuid = accessoryUuid(api, plan.id)
    planned.add(uuid)
    const known = shown.get(uuid)
    const accessory = known ?? newAccessory(api, plan, uuid)
    const changed = applyAccessory(api, accessory, plan, mayBeRemoved)
    if (known === undefined) added.push(accessory)
    else if (changed) reshaped.push(accessory)
    shown.set(uuid, accessory)
  }
  const removed = [...shown].filter(
    ([uuid, accessory]) => !planned.has(uuid) && mayBeRemoved(contextOf(accessory)),
  )
  for (const [uuid] of removed) shown.delete(uuid)
  const gone = removed.map(([, accessory]) => accessory)
  if (added.length > 0) api.registerPlatformAccessories(pluginName, platformName, added)
  if (reshaped.length > 0) api.updatePlatformAccessories(reshaped)
  if (gone.length > 0) api.unregisterPlatformAccessories(pluginName, platformName, gone)
  return { added: added.map(nameOf), removed: gone.map(nameOf) }
}

const nameOf = (accessory: Shown) => accessory.displayName

export const accessoryUuid = (api: API, id: string): string => api.hap.uuid.generate(`${pluginName}:${id}`)

const sensor = 10 as Categories.SENSOR

const newAccessory = (api: API, plan: AccessoryPlan, uuid: string): Shown => {
  const accessory: Shown = new api.platformAccessory<AccessoryContext>(plan.name, uuid, sensor)
  accessory.context = { id: plan.id, personId: plan.personId, names: {}, unknown: [] }
  return accessory
}

/** Answers whether services were added or removed, so that Homebridge has to save them. */
const applyAccessory = (
  api: API,
  accessory: Shown,
  plan: AccessoryPlan,
  mayLoseServices: (context: AccessoryContext) => boolean,
): boolean => {
  const context = contextOf(accessory)
  context.id = plan.id
  context.personId = plan.personId
  applyInformation(api, accessory, plan)
  const unknown = context.unknown.join()
  context.unknown = []
  let changed = false
  for (const service of plan.services) changed = applyService(api, accessory, service) || changed
  markPrimary(accessory, plan)
  if (mayLoseServices(context)) changed = removeOtherServices(api, accessory, plan.services) || changed
  return changed || unknown !== context.unknown.join()
}

const onlyAccompanies: ReadonlySet<ServicePlan["type"]> = new Set(["Battery", "Measures"] as const)

/** Marks the service whose state Home shows on the tile. */
const markPrimary = (accessory: Shown, { services }: AccessoryPlan) => {
  const primary = services.find(({ type }) => !onlyAccompanies.has(type)) ?? services[0]
  for (const service of accessory.services) {
    const isPrimary = primary !== undefined && service.subtype === primary.subtype
    if ((service.isPrimaryService ?? false) !== isPrimary) service.setPrimaryService(isPrimary)
  }
}

const applyInformation = (api: API, accessory: Shown, plan: AccessoryPlan) => {
  const { AccessoryInformation } = api.hap.Service
  const { FirmwareRevision, Manufacturer, Model, Name, SerialNumber } = api.hap.Characteristic
  if (accessory.displayName !== plan.name) {
    accessory.displayName = plan.name
    accessory.getService(AccessoryInformation)?.updateCharacteristic(Name, plan.name)
  }
  accessory
    .getService(AccessoryInformation)
    ?.updateCharacteristic(Manufacturer, "Withings")
    .updateCharacteristic(Model, plan.model.length > 1 ? plan.model : "Withings")
    .updateCharacteristic(SerialNumber, accessory.UUID)
    .updateCharacteristic(FirmwareRevision, firmwareRevision)
}

const removeOtherServices = (api: API, accessory: Shown, plans: ReadonlyArray<ServicePlan>): boolean => {
  const kept = new Set(plans.map((plan) => plan.subtype))
  const ofHomebridge = new Set([
    api.hap.Service.AccessoryInformation.UUID,
    api.hap.Service.ProtocolInformation.UUID,
  ])
  const others = accessory.services.filter(
    (service) => !ofHomebridge.has(service.UUID) && !kept.has(service.subtype ?? ""),
  )
  for (const service of others) accessory.removeService(service)
  return others.length > 0
}
