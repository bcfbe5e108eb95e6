/** One entry of a history: what the API answers, and what it is selected by. Times in epoch seconds. */
export interface Row<W> {
  readonly id: number
  /** When it happened. */
  readonly start: number
  readonly end: number
  /** When the cloud stored it, and when it last changed it. */
  readonly created: number
  readonly modified: number
  readonly wire: W
}

/** Rows to select; bounds are inclusive. */
export interface Selection {
  readonly modifiedSince?: number
  readonly from?: number
  readonly to?: number
}
