import { flushCompileCache } from "node:module"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

/** Milliseconds after the start: controllers have their first reports by then. */
const settled = 3000

/**
 * Makes a bridge that has started small: from here on V8 collects often and compiles for size, which would make the
 * start itself a third slower, and collects what the start left. The compiled code is kept on disk before, since it is
 * valid only for the flags with which the next process starts, and a process that is killed keeps nothing.
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
