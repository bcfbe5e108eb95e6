/** The current value of a feature. */
export interface Reading {
  /**
   * In the feature's unit. Presence: 1 in bed, 0 not. Battery: 3 high, 2 medium, 1 low. Verdict: the number of
   * its table. Measured: 1.
   */
  readonly value: number
  /** When it was taken, epoch seconds. */
  readonly at: number
  /** Too old to still be true, like yesterday's steps. */
  readonly stale: boolean
}
