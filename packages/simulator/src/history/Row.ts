/** One line of a person's history: what the API answers, and what it is searched by. All times in epoch seconds. */
export interface Row<W> {
  readonly id: number
  /** When it happened. */
  readonly start: number
  readonly end: number
  /** When the cloud got to know it, and when it last changed there. */
  readonly created: number
  readonly modified: number
  readonly wire: W
}

/** Which rows of a history a request asks for; bounds are inclusive. */
export interface Selection {
  readonly modifiedSince?: number
  readonly from?: number
  readonly to?: number
}
