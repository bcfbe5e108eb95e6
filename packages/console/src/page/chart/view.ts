import type { PlaceOptions } from "../state/place.ts"
import { ranges, type Range } from "./ranges.ts"

/** Epoch seconds. */
export type View = readonly [from: number, to: number]

/** The range that the address names; a month unless it does. */
export const rangeIn = ({ range }: PlaceOptions): Range =>
  ranges.find(({ key }) => key === range) ?? ranges[2]

/** The part that was zoomed into, as the address says it; null: the whole range. */
export const zoomIn = ({ from, to }: PlaceOptions): View | null => {
  const [first, last] = [Number(from), Number(to)]
  return Number.isFinite(first) && Number.isFinite(last) && first > 0 && first < last ? [first, last] : null
}

export const zoomOptions = (view: View | null) => ({
  from: view === null ? null : String(Math.floor(view[0])),
  to: view === null ? null : String(Math.ceil(view[1])),
})

/** The end of the local day at which the address says that the range ends; null: now. */
export const endIn = ({ until }: PlaceOptions): number | null => {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(until ?? "") ?? []
  if (year === undefined) return null
  return new Date(Number(year), Number(month) - 1, Number(date) + 1).getTime() / 1000 - 1
}

/** "2026-11-21": the local day of an epoch second, as a date field and the address have it. */
export const dateOf = (at: number): string => {
  const day = new Date(at * 1000)
  const two = (part: number) => String(part).padStart(2, "0")
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** What is asked for: the zoom, or the range up to its end. From 0 when everything is wanted. */
export const viewIn = (options: PlaceOptions, now: number): View => {
  const zoom = zoomIn(options)
  if (zoom !== null) return zoom
  const to = Math.min(endIn(options) ?? now, now)
  const { seconds } = rangeIn(options)
  return [seconds === null ? 0 : to - seconds, to]
}
