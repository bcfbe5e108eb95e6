import { Socket } from "node:net"
import process from "node:process"
import { createInterface } from "node:readline"
import { Effect } from "effect"

/** A pipe that its writer leaves open would keep the process alive after the last line it wants. */
const holdProcess = (holds: boolean) => {
  if (!(process.stdin instanceof Socket)) return
  if (holds) process.stdin.ref()
  else process.stdin.unref()
}

/**
 * One line from standard input. The terminal stays in its own line mode, unlike with the Terminal of
 * @effect/platform, so that what is typed or pasted is seen and Ctrl-C works while something else goes on.
 */
export const readLine: Effect.Effect<string> = Effect.async((resume) => {
  holdProcess(true)
  const lines = createInterface({ input: process.stdin, terminal: false })
  let answer: Effect.Effect<string> = Effect.interrupt
  lines.once("line", (line) => {
    answer = Effect.succeed(line)
    lines.close()
  })
  // Without a line it was Ctrl-D or the end of a pipe: nobody will answer any more.
  lines.once("close", () => {
    holdProcess(false)
    resume(answer)
  })
  return Effect.sync(() => {
    lines.removeAllListeners()
    lines.close()
    process.stdin.pause()
    holdProcess(false)
  })
})
