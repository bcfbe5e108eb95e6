/** A mistake within a value: where, "[1].clear_after"; what was found, what is wanted. */
export interface MistakeIn {
  readonly at: string
  readonly found: string
  readonly wanted: string
}

/** "[1].clear_after" of [1, "clear_after"]. */
export const placeIn = (path: ReadonlyArray<string | number>): string =>
  path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("")
