import { deviceOf, type Battery, type Device, type Product } from "./Device.ts"
import type { Household } from "./Household.ts"
import type { Person } from "./Person.ts"

const changeDevice = (
  household: Household,
  deviceid: string,
  change: (device: Device) => ReadonlyArray<Device>,
): void => {
  const owners = household
    .everyone()
    .filter((person) => person.devices.some((device) => device.deviceid === deviceid))
  if (owners.length === 0) throw new Error(`No device has the id "${deviceid}".`)
  for (const owner of owners) {
    owner.devices = owner.devices.flatMap((device) =>
      device.deviceid === deviceid ? change(device) : [device],
    )
  }
}

/** There is no webhook for batteries: clients see the change when they list the devices. */
export const setBattery = (household: Household, deviceid: string, battery: Battery): void => {
  const last_session_date = household.clock.now()
  changeDevice(household, deviceid, (device) => [{ ...device, battery, last_session_date }])
}

export const unlinkDevice = (household: Household, deviceid: string): void =>
  changeDevice(household, deviceid, () => [])

export const addDevice = (household: Household, person: Person, product: Product): Device => {
  const now = household.clock.now()
  const device = deviceOf(product, `${household.seed}/${person.name}/added ${now}/${person.devices.length}`, {
    timezone: person.timezone,
    first_session_date: now,
    last_session_date: now,
  })
  person.devices = [...person.devices, device]
  return device
}

/** The same product with another id, as after a warranty replacement. */
export const replaceDevice = (household: Household, deviceid: string): Device => {
  const now = household.clock.now()
  const replaced: Array<Device> = []
  changeDevice(household, deviceid, (device) => {
    const next = deviceOf(device, `${deviceid}/replaced ${now}`, {
      timezone: device.timezone,
      first_session_date: now,
      last_session_date: null,
    })
    replaced.push(next)
    return [next]
  })
  const [device] = replaced
  if (!device) throw new Error(`No device has the id "${deviceid}".`)
  return device
}
