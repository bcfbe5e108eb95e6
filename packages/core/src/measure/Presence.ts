/** Whether someone lies on a sleep mat. Comes by webhook (appli 50, 51), is corrected by the night's own data. */
export interface Presence {
  readonly personId: string
  readonly deviceId: string
  readonly inBed: boolean
  /** Epoch seconds of the change itself, not of its arrival. */
  readonly at: number
  readonly source: "webhook" | "night"
}
