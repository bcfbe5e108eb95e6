import type { ChartPoint } from "../../ConsoleState.ts"

/** From going to bed to getting up, epoch seconds. */
export interface InBed {
  readonly from: number
  readonly to: number
}

export interface Stage extends InBed {
  /** Of `night-state`. */
  readonly state: number
}

/** Nights from points of `sleep-time-in-bed`, which are dated at the end of a night. */
export const nightsOf = (timeInBed: ReadonlyArray<ChartPoint>): ReadonlyArray<InBed> =>
  timeInBed.map(([to, lasting]) => ({ from: to - lasting, to }))

/** The stages of each night. Each lasts until the next one begins, the last until the end of the night. */
export const stagesOf = (
  states: ReadonlyArray<ChartPoint>,
  nights: ReadonlyArray<InBed>,
): ReadonlyArray<Stage> =>
  nights.flatMap(({ from, to }) => {
    const own = states.filter(([at]) => at >= from - slack && at < to)
    return own.map(([at, state], index) => ({ state, from: at, to: own[index + 1]?.[0] ?? to }))
  })

/** Seconds; a first stage may begin a little before its night. */
const slack = 600

/** The rows of a hypnogram from the top. Similar states share a row. */
export const stageRows = [
  { key: "awake", states: [0, 15] },
  { key: "rem", states: [3] },
  { key: "light", states: [1, 4, 5] },
  { key: "deep", states: [2] },
] as const

/** The colour of a row, from the style sheet. */
export const stageColour = (row: number): string => `var(--stage-${stageRows[row]?.key ?? "awake"})`

export const rowOf = (state: number): number =>
  Math.max(
    0,
    stageRows.findIndex(({ states }) => states.some((one) => one === state)),
  )

/** The last night. Where a mat and a watch report the same night, the longer report counts. */
export const lastNight = (nights: ReadonlyArray<InBed>): InBed | null => {
  const last = nights.toSorted((a, b) => a.to - b.to).at(-1)
  if (last === undefined) return null
  return nights
    .filter(({ from, to }) => from < last.to && to > last.from)
    .reduce((longest, night) => (night.to - night.from > longest.to - longest.from ? night : longest), last)
}

/** A night in hours after the noon before it, and that noon in epoch seconds. */
export const onTheClock = ({ from, to }: InBed) => {
  const noon = new Date(from * 1000)
  if (noon.getHours() < 12) noon.setDate(noon.getDate() - 1)
  noon.setHours(12, 0, 0, 0)
  const hours = (at: number) => (at * 1000 - noon.getTime()) / 3_600_000
  return { day: noon.getTime() / 1000, from: hours(from), to: hours(to) }
}
