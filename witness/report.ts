import { arch, platform } from "node:os"
import type { Check, Witness } from "./Witness.ts"

/** The result of one witness: its checks, or why it was skipped. */
export interface Outcome {
  readonly witness: Witness
  readonly versions: string
  readonly skipped: string | null
  /** Whether this run did not ask for it. */
  readonly leftOut?: boolean
  readonly checks: ReadonlyArray<Check>
  readonly seconds: number
}

const cell = (text: string): string => text.replaceAll("\n", " ").replaceAll("|", "\\|").slice(0, 300)

const table = (checks: ReadonlyArray<Check>): string =>
  [
    "| | What was seen | |",
    "| --- | --- | --- |",
    ...checks.map(
      ({ name, ok, detail }) => `| ${ok ? "ok" : "**FAILED**"} | ${cell(name)} | ${cell(detail)} |`,
    ),
  ].join("\n")

export const verdictOf = ({ checks, skipped }: Outcome): string => {
  if (skipped !== null) return "SKIPPED"
  const failed = checks.filter(({ ok }) => !ok).length
  return failed === 0 ? `passed, ${checks.length} checks` : `FAILED ${failed} of ${checks.length} checks`
}

const section = (outcome: Outcome, day: string): string => {
  const { witness, versions, skipped, checks, seconds } = outcome
  const said = skipped === null ? table(checks) : `**Skipped on this machine:** ${skipped}`
  const result = `${versions}. On ${day}: ${verdictOf(outcome)}, ${Math.round(seconds)} s.`
  return `## ${witness.name}\n\n${witness.about}\n\n${result}\n\n${said}\n`
}

/** The section of an earlier report for a witness that this run left out; null: none. */
const keptFrom = (earlier: string, name: string): string | null => {
  const sections = earlier.split(/^(?=## )/m)
  return sections.find((one) => one.startsWith(`## ${name}\n`))?.trimEnd() ?? null
}

/** The report in the repository. A witness that this run left out keeps its earlier section. */
export const reportOf = (outcomes: ReadonlyArray<Outcome>, day: string, earlier: string): string => {
  const sections = outcomes.map((outcome) => {
    const kept = outcome.leftOut ? keptFrom(earlier, outcome.witness.name) : null
    return kept === null ? section(outcome, day) : `${kept}\n`
  })
  return `# What independent clients saw

Written by \`npm run witness\`, on ${platform()} ${arch()} with Node ${process.versions.node}. Each client was written by others, is installed from its registry at a pinned version, and is used with nothing changed but addresses and trust.

${sections.join("\n")}`
}
