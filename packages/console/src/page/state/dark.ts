import { signal } from "./signal.ts"

const wish = matchMedia("(prefers-color-scheme: dark)")

/** Whether the colour scheme is dark. A canvas has to be drawn again when it changes. */
export const dark = signal(wish.matches)
wish.addEventListener("change", () => dark.set(wish.matches))
