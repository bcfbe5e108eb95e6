import type { PlaceOptions } from "../state/place.ts"
import { ranges, type Range } from "./ranges.ts"

/** Epoch seconds. */
export type View = readonly [from: number, to: number]

/** The range in the address; a month by default. */
export const rangeIn = ({ range }: PlaceOptions): Range =>
  ranges.find(({ key }) => key === range) ?? ranges[2]

/** The zoom in the address; null: the whole range. */
export const zoomIn = ({ from, to }: PlaceOptions): View | null => {
  const [first, last] = [Number(from), Number(to)]
  return Number.isFinite(first) && Number.isFinite(last) && first > 0 && first < last ? [first, last] : null
}

export const zoomOptions = (view: View | null) => ({
  from: view === null ? null : String(Math.floor(view[0])),
  to: view === null ? null : String(Math.ceil(view[1])),
})

/** The end of the local day in the address at which the range ends; null: now. */
export const endIn = ({ until }: PlaceOptions): number | null => {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(until ?? "") ?? []
  if (year === undefined) return null
  return new Date(Number(year), Number(month) - 1, Number(date) + 1).getTime() / 1000 - 1
}

/** "2026-11-21": the local day of an epoch second, for date fields and the address. */
export const dateOf = (at: number): string => {
  const day = new Date(at * 1000)
  const two = (part: number) => String(part).padStart(2, "0")
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** The zoom, or the range up to its end; from 0 for everything. */
export const viewIn = (options: PlaceOptions, now: number): View => {
  const zoom = zoomIn(options)
  if (zoom !== null) return zoom
  const to = Math.min(endIn(options) ?? now, now)
  const { seconds } = rangeIn(options)
  return [seconds === null ? 0 : to - seconds, to]
}
