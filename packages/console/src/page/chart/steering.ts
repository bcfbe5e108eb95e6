import type { View } from "./view.ts"

/** Seconds; no view is shorter. */
const shortest = 600

/** Zooms a view by a factor around a time that keeps its place. */
export const zoomed = ([from, to]: View, around: number, factor: number): View => {
  const width = Math.max(shortest, (to - from) * factor)
  const share = (around - from) / (to - from)
  return [around - width * share, around + width * (1 - share)]
}

export const moved = ([from, to]: View, by: number): View => [from + by, to + by]

/** Moves a view that reaches into the future, or before 1970, back into bounds. */
export const bounded = ([from, to]: View, now: number): View => {
  const beyond = Math.max(0, to - now)
  return [Math.max(1, from - beyond), Math.max(shortest, to - beyond)]
}

/**
 * The view after a key: plus and minus zoom around a time, page up and down move by most of the view, 0 shows the whole
 * range (null). undefined for all other keys.
 */
export const byKey = (key: string, view: View, around: number): View | null | undefined => {
  const width = view[1] - view[0]
  if (key === "+" || key === "=") return zoomed(view, around, 0.5)
  if (key === "-") return zoomed(view, around, 2)
  if (key === "PageUp") return moved(view, -0.8 * width)
  if (key === "PageDown") return moved(view, 0.8 * width)
  return key === "0" ? null : undefined
}

/** The view after two fingers moved: each keeps its time. Positions are in pixels from the left of `width`. */
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

/** Changes the view by a pressed key, around a time, or around the middle (null). */
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
