import { Effect, Queue } from "effect"
import type { Warning } from "./demoLog.ts"
import { note } from "./story.ts"

/** Numbers differ in lines that say the same: times, ports, process ids. */
const gist = (text: string) => text.replaceAll(/\d+/gu, "")

/** Shows each warning once: whatever repeats itself must not push everything else off the screen. */
export const showWarnings = (warnings: Queue.Dequeue<Warning>, logs: string): Effect.Effect<never> => {
  const shown = new Set<string>()
  return Queue.take(warnings).pipe(
    Effect.flatMap(({ text, title }) => {
      if (shown.has(gist(text))) return Effect.void
      shown.add(gist(text))
      return note(`${title} warns: ${text.trim()} (logs: ${logs})`)
    }),
    Effect.forever,
  )
}
