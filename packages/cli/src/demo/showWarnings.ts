import { Effect, Queue } from "effect"
import type { Warning } from "./demoLog.ts"
import { note } from "./story.ts"

/** Without numbers, in which repeated lines differ: times, ports, process ids. */
const withoutNumbers = (text: string) => text.replaceAll(/\d+/gu, "")

/** Shows each warning once. */
export const showWarnings = (warnings: Queue.Dequeue<Warning>, logs: string): Effect.Effect<never> => {
  const shown = new Set<string>()
  return Queue.take(warnings).pipe(
    Effect.flatMap(({ text, title }) => {
      if (shown.has(withoutNumbers(text))) return Effect.void
      shown.add(withoutNumbers(text))
      return note(`${title} warns: ${text.trim()} (logs: ${logs})`)
    }),
    Effect.forever,
  )
}
