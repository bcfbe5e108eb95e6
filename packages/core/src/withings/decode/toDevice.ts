import type { BatteryLevel, Device } from "../../measure/Device.ts"
import type { PersonId } from "../../measure/Person.ts"
import { nameOfModel } from "./deviceModel.ts"
import { codeIn, deviceIdIn, isWire, labelIn, listIn, textIn, timeIn, type Wire } from "../wire/read.ts"

const levels: ReadonlyArray<BatteryLevel> = ["high", "medium", "low"]

/** Devices of `getdevice`. New types and models keep the names that Withings sends. */
export const toDevices = (
  personId: PersonId,
  body: Wire,
  now = Number.POSITIVE_INFINITY,
): ReadonlyArray<Device> => {
  const devices = new Map<string, Device>()
  for (const wire of listIn(body, "devices") ?? []) {
    const device = isWire(wire) ? toDevice(personId, wire, now) : null
    // A device may be listed twice; the row used last counts.
    const twin = device === null ? undefined : devices.get(device.id)
    if (device === null || (twin !== undefined && (twin.lastSession ?? 0) >= (device.lastSession ?? 0)))
      continue
    devices.set(device.id, device)
  }
  return [...devices.values()]
}

const toDevice = (personId: PersonId, wire: Wire, now: number): Device | null => {
  const id = deviceIdIn(wire)
  if (id === null) return null
  const modelId = codeIn(wire, "model_id")
  const type = labelIn(wire, "type") ?? "unknown"
  return {
    personId,
    id,
    type,
    // An old mat sends "" and a number that the table has for a scale, so its type has to do.
    model: wire["model"] === "" ? type : (labelIn(wire, "model") ?? nameOfModel(modelId)),
    modelId,
    battery: levels.find((level) => level === wire["battery"]) ?? null,
    timezone: textIn(wire, "timezone"),
    firstSession: timeIn(wire, "first_session_date", now),
    lastSession: timeIn(wire, "last_session_date", now),
    linked: true,
  }
}
