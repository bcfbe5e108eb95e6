import type { TextKey } from "../text/en.ts"

const day = 86_400

/** How far back a chart looks, in seconds; null: to the first measure. */
export const ranges = [
  { key: "day", seconds: day },
  { key: "week", seconds: 7 * day },
  { key: "month", seconds: 31 * day },
  { key: "quarter", seconds: 92 * day },
  { key: "year", seconds: 366 * day },
  { key: "all", seconds: null },
] as const satisfies ReadonlyArray<{ key: TextKey; seconds: number | null }>

export type Range = (typeof ranges)[number]

/** Enough for a line as wide as a screen; the store keeps the extremes when it leaves points out. */
export const pointsOfAChart = 1000
/** The stages of a hundred nights: a bar of stages must not miss one. The most that the bridge answers. */
export const pointsOfStages = 5000
