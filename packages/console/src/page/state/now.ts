import { signal } from "./signal.ts"

/** Updated regularly, so that "2 minutes ago" stays true while nothing else changes. */
export const now = signal(Date.now())
setInterval(() => now.set(Date.now()), 20_000)
