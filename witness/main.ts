/**
 * Runs clients written by others against our programs: `npm run witness`, or `npm run witness -- aiowithings schemathesis`
 * for some of them. Skipped ones are reported loudly, and a failed check fails the run.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { aiohomekit } from "./homekit/aiohomekit.ts"
import { matter } from "./matter/matter.ts"
import { homeAssistant } from "./home_assistant/homeAssistant.ts"
import { aiowithings } from "./aiowithings/aiowithings.ts"
import { pythonWith, withoutPython } from "./pythonEnvironment.ts"
import { reportOf, verdictOf, type Outcome } from "./report.ts"
import { lineOf, runPython } from "./runPython.ts"
import { schemathesis } from "./schemathesis/schemathesis.ts"
import type { Witness } from "./Witness.ts"
import { withingsApi } from "./withings_api/withingsApi.ts"

const witnesses: ReadonlyArray<Witness> = [
  aiowithings,
  homeAssistant,
  withingsApi,
  schemathesis,
  aiohomekit,
  matter,
]
const report = join(import.meta.dirname, "..", "bench", "witness.md")

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const versionsIn = (requirements: string): string =>
  readFileSync(requirements, "utf8")
    .split("\n")
    .filter((line) => line.includes("=="))
    .map((line) => line.replace("==", " ").trim())
    .join(", ")

const look = async (witness: Witness): Promise<Outcome> => {
  const started = performance.now()
  const folder = join(import.meta.dirname, witness.folder)
  const requirements = join(folder, "requirements.txt")
  const outcome = {
    witness,
    versions: versionsIn(requirements),
    checks: [],
    skipped: witness.hindrance() ?? withoutPython(witness.oldestPython),
  }
  if (outcome.skipped !== null) return { ...outcome, seconds: 0 }
  say(`\n${witness.name}: preparing its Python`)
  const finish = (checks: Outcome["checks"]): Outcome => ({
    ...outcome,
    checks,
    seconds: (performance.now() - started) / 1000,
  })
  try {
    const python = pythonWith(requirements, witness.oldestPython)
    return finish(
      await witness.run((given, wrap) => runPython(python, join(folder, "witness.py"), given, wrap)),
    )
  } catch (error) {
    return finish([
      { name: "can be run", ok: false, detail: error instanceof Error ? error.message : String(error) },
    ])
  }
}

const leftOut = (witness: Witness): Outcome => ({
  witness,
  versions: versionsIn(join(import.meta.dirname, witness.folder, "requirements.txt")),
  checks: [],
  skipped: "It was left out of this run.",
  leftOut: true,
  seconds: 0,
})

const tell = (outcome: Outcome): void => {
  say(`${outcome.witness.name}: ${verdictOf(outcome)}`)
  if (outcome.skipped !== null) say(`  SKIPPED: ${outcome.skipped}`)
  for (const check of outcome.checks.filter(({ ok }) => !ok)) say(lineOf(check))
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !witnesses.some((witness) => witness.name === name))
if (unknown.length > 0) {
  say(
    `No witness is named ${unknown.join(", ")}. There are: ${witnesses.map(({ name }) => name).join(", ")}.`,
  )
  process.exit(1)
}
const outcomes: Array<Outcome> = []
for (const witness of witnesses) {
  const isWanted = wanted.length === 0 || wanted.includes(witness.name)
  const outcome = isWanted ? await look(witness) : leftOut(witness)
  tell(outcome)
  outcomes.push(outcome)
}
const earlier = existsSync(report) ? readFileSync(report, "utf8") : ""
writeFileSync(report, reportOf(outcomes, new Date().toISOString().slice(0, 10), earlier))
const skipped = outcomes.filter((outcome) => outcome.skipped !== null)
if (skipped.length > 0)
  say(`\nSKIPPED: ${skipped.map(({ witness }) => witness.name).join(", ")}. See why above.`)
process.exitCode = outcomes.some(({ checks }) => checks.some(({ ok }) => !ok)) ? 1 : 0
