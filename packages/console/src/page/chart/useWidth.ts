import type { RefObject } from "preact"
import { useEffect, useState } from "preact/hooks"

/** The current width of an element in pixels; `first` until it is known. */
export const useWidth = (box: RefObject<HTMLElement | null>, first: number, least = 0): number => {
  const [width, setWidth] = useState(first)
  useEffect(() => {
    if (!box.current) return
    const resized = new ResizeObserver(
      ([entry]) => entry && setWidth(Math.max(least, entry.contentRect.width)),
    )
    resized.observe(box.current)
    return () => resized.disconnect()
  }, [])
  return width
}
