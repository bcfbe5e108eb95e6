import type { Feature, Reading } from "@withings-bridge/core"

export type Known = Feature & { readonly reading: Reading }

/** Looks up a feature by key; null unless it has a reading. */
export const knownOf = (features: ReadonlyArray<Feature>) => {
  const known = new Map<string, Known>()
  for (const feature of features)
    if (feature.reading !== null) known.set(feature.key, { ...feature, reading: feature.reading })
  return (key: string): Known | null => known.get(key) ?? null
}

export type Of = ReturnType<typeof knownOf>

/** The reached share of a goal, 0 to 1; null without a goal. */
export const shareOf = (value: number, goal: number | null | undefined): number | null =>
  goal === null || goal === undefined || goal <= 0 ? null : Math.max(0, Math.min(1, value / goal))
