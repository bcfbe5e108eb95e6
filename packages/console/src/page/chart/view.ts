import { ranges, type Range } from "./ranges.ts"

/** Epoch seconds. */
export type View = readonly [from: number, to: number]

type Options = Readonly<Record<string, string>>

/** The range that the address names; a month unless it does. */
export const rangeIn = ({ range }: Options): Range => ranges.find(({ key }) => key === range) ?? ranges[2]

/** The part that was zoomed into, as the address says it; null: the whole range. */
export const zoomIn = ({ from, to }: Options): View | null => {
  const [first, last] = [Number(from), Number(to)]
  return Number.isFinite(first) && Number.isFinite(last) && first > 0 && first < last ? [first, last] : null
}

export const zoomOptions = (view: View | null) => ({
  from: view === null ? null : String(Math.floor(view[0])),
  to: view === null ? null : String(Math.ceil(view[1])),
})
