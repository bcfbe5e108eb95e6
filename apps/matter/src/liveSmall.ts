import { flushCompileCache } from "node:module"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

/** Milliseconds after the start: controllers have their first reports by then. */
const settled = 3000

/**
 * Saves memory after the start: V8 collects often and compiles for size from here on, which would make the start itself a
 * third slower. The compile cache is written before, since it is valid only for the flags with which a process starts, and
 * a killed process writes none.
 */
export const liveSmall = (): void => {
  setTimeout(() => {
    flushCompileCache()
    setFlagsFromString("--optimize-for-size")
    setFlagsFromString("--expose-gc")
    const collect: (how: object) => void = runInNewContext("gc")
    // Plain `gc()` gives nothing back to the system.
    collect({ type: "major", execution: "sync", flavor: "last-resort" })
  }, settled).unref()
}
