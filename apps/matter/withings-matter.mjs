#!/usr/bin/env -S MALLOC_ARENA_MAX=1 node --max-semi-space-size=2
import module from "node:module"
import v8 from "node:v8"

// The bundle imports what an older Node has not: it would end with a stack trace before a line of it runs.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
if (major < 22 || (major === 22 && minor < 13)) {
  console.error(
    `withings-matter needs Node 22.13 or newer; this is ${process.versions.node}. ` +
      "Get one from https://nodejs.org; a clone of the repository has one in node_modules/.bin.",
  )
  process.exit(1)
}

// The flags of the first line, for whoever starts this file with `node`: without them 24 endpoints take 300 MB instead
// of 135. Node replaces itself, so that the process id and the signals stay. Windows and Node before 22.15 cannot.
const flags = ["--max-semi-space-size=2"]
const missing = flags.filter((flag) => !process.execArgv.includes(flag))
if (missing.length > 0 && process.execve !== undefined && process.platform !== "win32") {
  // Node warns that this is experimental; nobody who starts a bridge has to know.
  process.removeAllListeners("warning")
  process.execve(
    process.execPath,
    [process.execPath, ...process.execArgv, ...missing, ...process.argv.slice(1)],
    {
      ...process.env,
      MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? "1",
    },
  )
}

// The young generation is to stay small while the old one is looked through as well: 5 to 10 MB less in a first history,
// and one arena for all threads 15. Told here, since a Node that no longer knows the flag would not start with it.
v8.setFlagsFromString("--no-separate-gc-phases")

// Compiled once and kept: the bundle starts faster and needs 8 MB less from the second start on. A small young
// generation costs nothing here and keeps another 25 MB from being held. Code for size, not speed, saves 13 MB more, once
// the bridge has started: see src/liveSmall.ts.
module.enableCompileCache?.()
await import("./dist/main.js")
