import type { DeviceId } from "./Device.ts"
import type { PersonId } from "./Person.ts"

/** Whether someone lies on a sleep mat. Comes by webhook (appli 50, 51), is corrected by the night's own data. */
export interface Presence {
  readonly personId: PersonId
  readonly deviceId: DeviceId
  readonly inBed: boolean
  /** Epoch seconds of the change itself, not of its arrival. */
  readonly at: number
  readonly source: "webhook" | "night"
}
