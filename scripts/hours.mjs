// Runs tests at other hours, days and time zones, and prints a table.
// faketime (Debian: apt install faketime) sets the clock of vitest and of every process that a test starts.
import { spawn, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { parseArgs } from "node:util"

/** Unusual days, at a local time shortly before or within the unusual hour. */
const days = [
  ["auckland-new-year", "Pacific/Auckland", "2026-12-31 23:50:00"],
  ["auckland-clocks-forward", "Pacific/Auckland", "2026-09-27 01:50:00"],
  ["auckland-clocks-back", "Pacific/Auckland", "2026-04-05 01:50:00"],
  ["auckland-29-february", "Pacific/Auckland", "2028-02-29 00:10:00"],
  ["los-angeles-new-year", "America/Los_Angeles", "2026-12-31 23:50:00"],
  ["los-angeles-clocks-forward", "America/Los_Angeles", "2026-03-08 01:50:00"],
  ["los-angeles-clocks-back", "America/Los_Angeles", "2026-11-01 00:50:00"],
  ["los-angeles-29-february", "America/Los_Angeles", "2028-02-29 23:50:00"],
]
const hours = Array.from({ length: 24 }, (_, hour) => {
  const two = String(hour).padStart(2, "0")
  return [`hour-${two}`, "UTC", `2026-11-21 ${two}:20:00`]
})
const moments = [...days, ...hours].map(([name, zone, time]) => ({ name, zone, time }))

const usage = `npm run hours -- [options] [files or folders]

  --at NAMES   only these moments, separated by commas; "days", "hours" and the start of a name work too
  --busy       with four busy loops in the background
  --list       only list the moments

Without files: the whole suite. Without --at: all ${moments.length} moments, which takes hours for the whole suite.`

const fail = (sentence) => {
  console.error(sentence)
  process.exit(1)
}

const read = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        at: { type: "string", default: "days,hours" },
        busy: { type: "boolean", default: false },
        list: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    })
  } catch (cause) {
    return fail(`${cause.message}\n\n${usage}`)
  }
}

const { positionals: files, values } = read()

/** The moments for one word of --at. */
const momentsOf = (word) => {
  const found = moments.filter(({ name }) => {
    if (word === "days") return !name.startsWith("hour-")
    return word === "hours" ? name.startsWith("hour-") : name.startsWith(word)
  })
  return found.length === 0 ? fail(`No moment is called "${word}". --list shows them.`) : found
}

/** vitest's report; null: it ended too early. */
const reportIn = (path) => {
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch {
    return null
  }
}

const failuresOf = (report) =>
  report.testResults.flatMap(({ assertionResults, message, name, status }) => {
    const file = relative(process.cwd(), name)
    const failed = assertionResults.filter((result) => result.status === "failed")
    if (failed.length === 0) return status === "failed" ? [`${file}: ${message}`] : []
    return failed.map(({ failureMessages, fullName }) => `${file}: ${fullName}\n      ${failureMessages[0]}`)
  })

/** Files with skipped tests: a green table must not hide that something could not run. */
const skippedIn = (report) =>
  report.testResults.flatMap(({ assertionResults, name }) => {
    const skipped = assertionResults.filter(({ status }) => status === "skipped" || status === "pending")
    return skipped.length === 0 ? [] : [`${relative(process.cwd(), name)} ${skipped.length}`]
  })

const runAt = ({ name, time, zone }, folder) => {
  const path = join(folder, `${name}.json`)
  const vitest = ["vitest", "run", "--reporter=json", `--outputFile=${path}`, ...files]
  const startedAt = performance.now()
  // The monotonic clock stays real, as it does when the clock of a real machine is set.
  const { signal, status, stderr } = spawnSync("faketime", ["--exclude-monotonic", time, ...vitest], {
    encoding: "utf8",
    // Test the code at that time, too, not only the tests.
    env: { HOUSEHOLD_TIME: "machine", ...process.env, TZ: zone },
    maxBuffer: 2 ** 28,
  })
  const report = reportIn(path)
  return {
    name,
    zone,
    time,
    passed: report?.numPassedTests ?? 0,
    skipped: report?.numPendingTests ?? 0,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    skippedFiles: report === null ? [] : skippedIn(report),
    failures: report === null ? [`vitest ended early (${signal ?? status}): ${stderr}`] : failuresOf(report),
    isGreen: status === 0 && (report?.numPassedTests ?? 0) > 0,
  }
}

const columns = ["", "moment", "zone", "local time", "passed", "skipped", "failed", "seconds"]
const widths = [6, 28, 22, 21, 8, 9, 8, 7]
const print = (cells) => console.log(cells.map((cell, at) => String(cell).padEnd(widths[at])).join(""))

const runAll = (chosen) => {
  const folder = mkdtempSync(join(tmpdir(), "withings-hours-"))
  const loops = values.busy
    ? Array.from({ length: 4 }, () => spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }))
    : []
  try {
    print(columns)
    return chosen.filter((moment) => {
      const { failures, isGreen, name, passed, seconds, skipped, skippedFiles, time, zone } = runAt(
        moment,
        folder,
      )
      print([isGreen ? "ok" : "FAIL", name, zone, time, passed, skipped, failures.length, seconds])
      if (skipped > 0) console.log(`    skipped: ${skippedFiles.join(", ")}`)
      for (const failure of failures) console.log(`    ${failure}`)
      return !isGreen
    })
  } finally {
    for (const loop of loops) loop.kill("SIGKILL")
    rmSync(folder, { recursive: true, force: true })
  }
}

if (values.help) {
  console.log(usage)
} else {
  const chosen = new Set(values.at.split(",").flatMap((word) => momentsOf(word.trim())))
  const inOrder = moments.filter((moment) => chosen.has(moment))
  if (values.list) {
    for (const { name, time, zone } of inOrder) console.log(`${name.padEnd(28)}${zone.padEnd(22)}${time}`)
  } else {
    if (spawnSync("faketime", ["--version"]).status !== 0)
      fail(
        "faketime is missing, so nothing was tested. Install it, on Debian with: sudo apt install faketime",
      )
    const red = runAll(inOrder)
    if (red.length > 0) fail(`${red.length} of ${inOrder.length} moments failed.`)
    console.log(`All ${inOrder.length} moments are green.`)
  }
}
