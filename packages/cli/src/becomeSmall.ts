import module from "node:module"
import process from "node:process"
import v8 from "node:v8"

/** See docs/decisions/0015-memory-before-speed.md. This one has to stand when V8 begins. */
const flags = ["--max-semi-space-size=2"]
/** Set by the running process: a Node that does not know one of them says so and goes on. */
const flagsOfRunning = ["--heap-growing-percent=15", "--no-sparkplug", "--no-separate-gc-phases"]

/**
 * Starts this process anew with the flags that keep its memory small, unless it has them. Node replaces itself, so that
 * the process id and the signals stay. Windows and Node before 22.15 cannot, and run without them; so does a process
 * with a channel to its parent, which would be lost.
 */
export const becomeSmall = (): void => {
  const missing = flags.filter((flag) => !process.execArgv.includes(flag))
  if (missing.length > 0 && process.execve && process.platform !== "win32" && !process.channel) {
    // Node warns that this is experimental; nobody who starts a bridge has to know.
    process.removeAllListeners("warning")
    process.execve(
      process.execPath,
      [process.execPath, ...process.execArgv, ...missing, ...process.argv.slice(1)],
      { ...process.env, MALLOC_ARENA_MAX: process.env["MALLOC_ARENA_MAX"] ?? "1" },
    )
  }
  for (const flag of flagsOfRunning) v8.setFlagsFromString(flag)
  module.enableCompileCache?.()
}
