import { bounded, moved, pinched, zoomed } from "./steering.ts"
import type { View } from "./view.ts"

interface Steered {
  readonly view: () => View
  readonly zoom: (view: View) => void
}

/** Pixels; a smaller movement is no drag. */
const least = 10
/** The view changes at most this often while fingers move, since each change is a request. */
const leastInterval = 120

const seconds = () => Date.now() / 1000

/**
 * Zooms with two fingers and moves through time with one. A pinch on a trackpad arrives as a wheel with Ctrl. Answers a
 * function that removes the listeners. The mouse is handled by `dragged.ts` and uPlot.
 */
export const gestures = (place: HTMLElement, { view, zoom }: Steered): (() => void) => {
  const fingers = new Map<number, { readonly start: number; now: number }>()
  let begun: View = view()
  let sent = 0
  let pending: View | null = null
  const left = () => place.getBoundingClientRect().left
  const begin = () => {
    begun = view()
    for (const [id, { now }] of fingers) fingers.set(id, { start: now, now })
  }
  const send = (next: View, isLast = false) => {
    pending = bounded(next, seconds())
    if (!isLast && Date.now() - sent < leastInterval) return
    sent = Date.now()
    zoom(pending)
    pending = null
  }
  const down = (event: PointerEvent) => {
    if (event.pointerType !== "touch") return
    const at = event.clientX - left()
    fingers.set(event.pointerId, { start: at, now: at })
    begin()
  }
  const move = (event: PointerEvent) => {
    const finger = fingers.get(event.pointerId)
    if (finger === undefined) return
    finger.now = event.clientX - left()
    const [first, second] = [...fingers.values()]
    const width = place.clientWidth
    if (first && second) send(pinched(begun, [first.start, second.start], [first.now, second.now], width))
    else if (first && Math.abs(first.now - first.start) > least)
      send(moved(begun, ((first.start - first.now) / width) * (begun[1] - begun[0])))
  }
  const up = (event: PointerEvent) => {
    if (!fingers.delete(event.pointerId)) return
    if (pending !== null) send(pending, true)
    begin()
  }
  const wheel = (event: WheelEvent) => {
    if (!event.ctrlKey) return
    event.preventDefault()
    const [from, to] = view()
    const around = from + ((event.clientX - left()) / place.clientWidth) * (to - from)
    send(zoomed([from, to], around, Math.exp(event.deltaY / 200)))
  }
  const ends = ["pointerup", "pointercancel"] as const
  place.addEventListener("pointerdown", down)
  place.addEventListener("pointermove", move)
  place.addEventListener("wheel", wheel, { passive: false })
  for (const end of ends) addEventListener(end, up)
  return () => {
    place.removeEventListener("pointerdown", down)
    place.removeEventListener("pointermove", move)
    place.removeEventListener("wheel", wheel)
    for (const end of ends) removeEventListener(end, up)
  }
}
