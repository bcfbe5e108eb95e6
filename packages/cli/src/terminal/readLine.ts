import { Socket } from "node:net"
import process from "node:process"
import { createInterface } from "node:readline"
import { Effect } from "effect"

/** An open pipe must not keep the process alive after the last line it needs. */
const holdProcess = (holds: boolean) => {
  if (!(process.stdin instanceof Socket)) return
  if (holds) process.stdin.ref()
  else process.stdin.unref()
}

/**
 * Reads one line from standard input. Unlike with the Terminal of @effect/platform, the terminal stays in line mode, so
 * that input is visible and Ctrl-C works meanwhile.
 */
export const readLine: Effect.Effect<string> = Effect.async((resume) => {
  holdProcess(true)
  const lines = createInterface({ input: process.stdin, terminal: false })
  let answer: Effect.Effect<string> = Effect.interrupt
  lines.once("line", (line) => {
    answer = Effect.succeed(line)
    lines.close()
  })
  // Closed without a line: Ctrl-D or the end of a pipe, so no answer will come.
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
