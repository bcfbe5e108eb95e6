import type { View } from "./view.ts"

/** Pixels that a hand trembles. */
const least = 8

interface Place {
  readonly clientX: number
}

/** Follows a mouse that is held down; ends with the part of the chart that was drawn over. Fingers scroll the page. */
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
