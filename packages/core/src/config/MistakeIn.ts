/** A mistake within a value: where, "[1].clear_after"; what was found, what is wanted. */
export interface MistakeIn {
  readonly at: string
  readonly found: string
  readonly wanted: string
}
