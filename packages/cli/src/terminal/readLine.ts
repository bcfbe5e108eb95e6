import process from "node:process"
import { createInterface } from "node:readline"
import { Effect } from "effect"

/**
 * One line from standard input. The terminal stays in its own line mode, unlike with the Terminal of
 * @effect/platform, so that what is typed or pasted is seen and Ctrl-C works while something else goes on.
 */
export const readLine: Effect.Effect<string> = Effect.async((resume) => {
  const lines = createInterface({ input: process.stdin, terminal: false })
  let answer: Effect.Effect<string> = Effect.interrupt
  lines.once("line", (line) => {
    answer = Effect.succeed(line)
    lines.close()
  })
  // Without a line it was Ctrl-D or the end of a pipe: nobody will answer any more.
  lines.once("close", () => resume(answer))
  return Effect.sync(() => {
    lines.removeAllListeners()
    lines.close()
    process.stdin.pause()
  })
})
