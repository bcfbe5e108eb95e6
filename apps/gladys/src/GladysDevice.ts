/** A device as Gladys' own API speaks of it. Field names are Gladys'. */
export interface GladysDevice {
  readonly id: string
  readonly name: string
  readonly selector: string
  readonly external_id: string
  readonly model: string
  readonly should_poll: false
  readonly poll_frequency: null
  readonly room_id: null
  readonly params: ReadonlyArray<{ readonly name: string; readonly value: string }>
  readonly features: ReadonlyArray<GladysFeature>
}

export interface GladysFeature {
  readonly id: string
  readonly device_id: string
  readonly name: string
  readonly selector: string
  readonly external_id: string
  readonly category: string
  readonly type: string
  readonly unit: string | null
  /** Gladys refuses to create a feature without both bounds. */
  readonly min: number
  readonly max: number
  readonly read_only: true
  readonly has_feedback: false
  readonly keep_history: boolean
  readonly last_value: number | null
  /** What a text feature shows; null for every other. */
  readonly last_value_string: string | null
  /** ISO 8601, null when nothing is known yet. */
  readonly last_value_changed: string | null
}
