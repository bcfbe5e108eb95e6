import type { View } from "./view.ts"

/** Pixels; a smaller movement is a click. */
const least = 8

interface Place {
  readonly clientX: number
}

/** Follows a pressed mouse and zooms to the part of the chart that was selected. Touches are left to `gestures.ts`. */
export const dragged = (
  start: PointerEvent,
  at: (place: Place) => number,
  show: (view: View | null) => void,
  zoom: (view: View) => void,
): void => {
  if (start.pointerType === "touch" || start.button !== 0) return
  const viewTo = (end: Place): View | null => {
    if (Math.abs(end.clientX - start.clientX) < least) return null
    const [from, to] = [at(start), at(end)]
    return [Math.min(from, to), Math.max(from, to)]
  }
  const move = (event: PointerEvent) => show(viewTo(event))
  const end = (event: PointerEvent) => {
    removeEventListener("pointermove", move)
    show(null)
    const view = viewTo(event)
    if (view !== null) zoom(view)
  }
  addEventListener("pointermove", move)
  addEventListener("pointerup", end, { once: true })
}
