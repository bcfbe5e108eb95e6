import type { Form } from "./forms.ts"
import type { Text } from "../text/words.ts"

const day = 86_400

/** How far back a chart goes, in seconds; null: to the first measure. */
export const ranges = [
  { key: "day", seconds: day, name: ["Day", "Jour", "Tag"] },
  { key: "week", seconds: 7 * day, name: ["Week", "Semaine", "Woche"] },
  { key: "month", seconds: 31 * day, name: ["Month", "Mois", "Monat"] },
  { key: "quarter", seconds: 92 * day, name: ["3 months", "3 mois", "3 Monate"] },
  { key: "year", seconds: 366 * day, name: ["Year", "Année", "Jahr"] },
  { key: "all", seconds: null, name: ["All", "Tout", "Alles"] },
] as const satisfies ReadonlyArray<{ key: string; seconds: number | null; name: Text }>

export type Range = (typeof ranges)[number]

/** Enough for a line across a screen. When the store leaves points out, it keeps the extremes. */
const pointsOfALine = 1000
export const pointsOfATile = 300
/** The most that the bridge answers. */
export const mostPoints = 5000

/** Forms that pair the values of several series, or of which none may be missing: reduced series would not match. */
const unreduced: ReadonlySet<Form> = new Set(["hypnogram", "pressure", "workouts"])

export const pointsOf = (form: Form): number => (unreduced.has(form) ? mostPoints : pointsOfALine)
