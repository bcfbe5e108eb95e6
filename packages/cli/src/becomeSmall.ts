import module from "node:module"
import process from "node:process"
import v8 from "node:v8"

/** See docs/decisions/0015-memory-before-speed.md. This one must be set when V8 starts. */
const flags = ["--max-semi-space-size=2"]
/** Set at run time: a Node that does not know one of them warns and goes on. */
const flagsOfRunning = ["--heap-growing-percent=15", "--no-sparkplug", "--no-separate-gc-phases"]

/**
 * Restarts this process with flags that keep its memory small, unless it has them. `execve` keeps the process id.
 * Windows and Node before 22.15 run without the flags, as does a process with a channel to its parent, which `execve`
 * would close.
 */
export const becomeSmall = (): void => {
  const missing = flags.filter((flag) => !process.execArgv.includes(flag))
  if (missing.length > 0 && process.execve && process.platform !== "win32" && !process.channel) {
    // Hide the warning that execve is experimental.
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
