import type { Feature, Person, Reading } from "@withings-bridge/core"

export type Known = Feature & { readonly reading: Reading }

/** Looks up a feature by key; null unless it has a reading. */
export const knownOf = (features: ReadonlyArray<Feature>) => {
  const known = new Map<string, Known>()
  for (const feature of features)
    if (feature.reading !== null) known.set(feature.key, { ...feature, reading: feature.reading })
  return (key: string): Known | null => known.get(key) ?? null
}

/** What every tile of a person gets. */
export interface TileOf {
  readonly person: Person
  readonly of: ReturnType<typeof knownOf>
  /** Of the store; a tile asks for its picture again when it changes. */
  readonly revision: number
}

/** The reached share of a goal, 0 to 1; null without a goal. */
export const shareOf = (value: number, goal: number | null | undefined): number | null =>
  goal === null || goal === undefined || goal <= 0 ? null : Math.max(0, Math.min(1, value / goal))
