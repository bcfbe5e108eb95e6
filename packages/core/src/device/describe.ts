import type { Device } from "../measure/Device.ts"
import type { Measure } from "../measure/Measure.ts"
import type { Person } from "../measure/Person.ts"
import type { Presence } from "../measure/Presence.ts"
import type { DeviceDescriptor } from "./DeviceDescriptor.ts"

/** What the store knows at one moment: enough to describe everything, small enough to read at every change. */
export interface Known {
  readonly persons: ReadonlyArray<Person>
  readonly devices: ReadonlyArray<Device>
  /** The newest measure of every person, kind, position and device. */
  readonly latest: ReadonlyArray<Measure>
  readonly presences: ReadonlyArray<Presence>
  /** Epoch seconds: only decides what is stale. */
  readonly now: number
}

export declare const describe: (known: Known) => ReadonlyArray<DeviceDescriptor>
