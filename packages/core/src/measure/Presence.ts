import type { DeviceId } from "./Device.ts"
import type { PersonId } from "./Person.ts"

/** Whether someone lies on a sleep mat: from webhooks (appli 50, 51), corrected by the data of nights. */
export interface Presence {
  readonly personId: PersonId
  readonly deviceId: DeviceId
  readonly inBed: boolean
  /** Time of the change itself, epoch seconds. */
  readonly at: number
  readonly source: "webhook" | "night"
}
