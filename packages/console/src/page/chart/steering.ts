import type { View } from "./view.ts"

/** Nobody measures anything closer together. */
const shortest = 600

/** A part of the view, or more than it, around a moment that stays where it is. */
export const zoomed = ([from, to]: View, around: number, factor: number): View => {
  const width = Math.max(shortest, (to - from) * factor)
  const share = (around - from) / (to - from)
  return [around - width * share, around + width * (1 - share)]
}

export const moved = ([from, to]: View, by: number): View => [from + by, to + by]

/** No further than now, and not before there was a Withings. */
export const bounded = ([from, to]: View, now: number): View => {
  const beyond = Math.max(0, to - now)
  return [Math.max(1, from - beyond), Math.max(shortest, to - beyond)]
}

/**
 * What a key does to a view: plus and minus zoom around a moment, page up and down move by most of the view, 0 shows it
 * whole (null). undefined: nothing.
 */
export const byKey = (key: string, view: View, around: number): View | null | undefined => {
  const width = view[1] - view[0]
  if (key === "+" || key === "=") return zoomed(view, around, 0.5)
  if (key === "-") return zoomed(view, around, 2)
  if (key === "PageUp") return moved(view, -0.8 * width)
  if (key === "PageDown") return moved(view, 0.8 * width)
  return key === "0" ? null : undefined
}

/** The view under two fingers that moved: what was under each stays under it. Pixels from the left of `width`. */
export const pinched = (
  view: View,
  before: readonly [number, number],
  after: readonly [number, number],
  width: number,
): View => {
  const at = (pixel: number) => view[0] + (pixel / width) * (view[1] - view[0])
  const [first, second] = [at(before[0]), at(before[1])]
  const apart = after[1] - after[0]
  const seconds = (second - first) / (Math.abs(apart) < 1 ? 1 : apart)
  const from = first - after[0] * seconds
  const to = from + width * seconds
  return to - from < shortest ? view : [from, to]
}

/** Changes a view by the key that was pressed, around a moment, or its middle (null). */
export const steer = (
  event: KeyboardEvent,
  view: View,
  around: number | null,
  zoom: (view: View | null) => void,
): void => {
  if (event.ctrlKey || event.metaKey) return
  const next = byKey(event.key, view, around ?? (view[0] + view[1]) / 2)
  if (next === undefined) return
  event.preventDefault()
  zoom(next && bounded(next, Date.now() / 1000))
}
