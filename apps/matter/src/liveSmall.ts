import { flushCompileCache } from "node:module"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

/** Milliseconds after the start: controllers have their first reports by then. */
const settled = 3000

/**
 * Lets a bridge that has started live on little memory: from here on V8 collects often and compiles for size, which
 * would make the start itself a third slower. What the start left is collected first. The compiled code is kept on
 * disk before, since it is valid only for the flags with which the next process starts, and a process that is killed
 * keeps nothing.
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
