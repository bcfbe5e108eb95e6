#!/usr/bin/env node
// The bundle imports what an older Node has not: it would end with a stack trace before a line of it runs.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
if (major < 22 || (major === 22 && minor < 13)) {
  console.error(
    `withings-hub needs Node 22.13 or newer; this is ${process.versions.node}. ` +
      "Get one from https://nodejs.org; a clone of the repository has one in node_modules/.bin.",
  )
  process.exit(1)
}
await import("./dist/main.js")
