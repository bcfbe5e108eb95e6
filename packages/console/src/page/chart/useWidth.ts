import type { RefObject } from "preact"
import { useEffect, useState } from "preact/hooks"

/** How wide an element is, pixels, also after it was resized; `first` until that is known. */
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
