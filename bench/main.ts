/**
 * Runs every bench in this folder, or those named on the command line (`npm run bench -- history matter`), one after
 * another. Run it on an idle machine. Prints their output and saves it in results.md; benches that were not run keep their
 * earlier figures there.
 */
import { spawnSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { availableParallelism, cpus } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const here = dirname(fileURLToPath(import.meta.url))
const benches = readdirSync(here)
  .filter((file) => file.endsWith(".ts") && file !== "main.ts")
  .map((file) => file.slice(0, -".ts".length))
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !benches.includes(name))
if (unknown.length > 0) {
  console.error(`There is no bench called ${unknown.join(", ")}. There are: ${benches.join(", ")}.`)
  process.exit(1)
}

/** All benches take a few minutes; those asked for by name take all their samples. */
const briefly = asked.length > 0 ? {} : { BENCH_SAMPLES: "60", BENCH_STARTS: "2", BENCH_IDLE: "5" }

const run = (name: string) => {
  console.log(`\n## ${name}\n`)
  const { status, stdout } = spawnSync(
    "tsx",
    ["--conditions", "@withings-bridge/source", join(here, `${name}.ts`)],
    {
      encoding: "utf8",
      env: { ...briefly, ...process.env },
      stdio: ["ignore", "pipe", "inherit"],
    },
  )
  console.log(stdout)
  return { name, stdout, failed: status !== 0 }
}

const results = (asked.length > 0 ? asked : benches).map(run)
const machine = `Node ${process.versions.node}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? "unknown processor"}`
const kept = join(here, "results.md")
const earlier = (existsSync(kept) ? readFileSync(kept, "utf8") : "").split(/^(?=## )/m)

/** The new figures, or the earlier ones. */
const sectionOf = (name: string): ReadonlyArray<string> => {
  const measured = results.find((result) => result.name === name && !result.failed)
  if (measured !== undefined) return [`## ${name}\n\n\`\`\`\n${measured.stdout.trim()}\n\`\`\``]
  return earlier.filter((section) => section.startsWith(`## ${name}\n`)).map((section) => section.trim())
}
/** Sections of other programs, such as the soak. */
const others = earlier
  .slice(1)
  .filter((section) => !benches.some((name) => section.startsWith(`## ${name}\n`)))
  .map((section) => section.trim())
writeFileSync(
  kept,
  [
    "# What was measured last",
    `${new Date().toISOString().slice(0, 10)}, ${machine}. Times move with the machine; the ratios are what to compare.`,
    ...benches.flatMap(sectionOf),
    ...others,
  ].join("\n\n") + "\n",
)
const failed = results.filter((result) => result.failed)
if (failed.length > 0) console.error(`Failed: ${failed.map((result) => result.name).join(", ")}`)
process.exitCode = failed.length > 0 ? 1 : 0
