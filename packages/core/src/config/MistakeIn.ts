/** A mistake within a value. `at` is its place: "[1].clear_after". */
export interface MistakeIn {
  readonly at: string
  readonly found: string
  readonly wanted: string
}

/** "[1].clear_after" of [1, "clear_after"]. */
export const placeIn = (path: ReadonlyArray<string | number>): string =>
  path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("")
