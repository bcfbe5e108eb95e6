import { signal } from "./signal.ts"

const wish = matchMedia("(prefers-color-scheme: dark)")

/** Whether the reader wants light on dark: what is painted on a canvas does not follow by itself. */
export const dark = signal(wish.matches)
wish.addEventListener("change", () => dark.set(wish.matches))
