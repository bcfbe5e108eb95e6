import { arch, platform } from "node:os"
import type { Check, Witness } from "./Witness.ts"

/** What came of one witness: its checks, or why it was skipped. */
export interface Outcome {
  readonly witness: Witness
  readonly versions: string
  readonly skipped: string | null
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

const section = (outcome: Outcome): string => {
  const { witness, versions, skipped, checks, seconds } = outcome
  const said = skipped === null ? table(checks) : `**Skipped on this machine:** ${skipped}`
  return `## ${witness.name}\n\n${witness.about}\n\n${versions}. ${verdictOf(outcome)}, ${Math.round(seconds)} s.\n\n${said}\n`
}

/** The report that is kept in the repository. */
export const reportOf = (outcomes: ReadonlyArray<Outcome>, day: string): string =>
  `# What independent clients saw

Written by \`npm run witness\` on ${day}, on ${platform()} ${arch()} with Node ${process.versions.node}. Each client was written by others, is installed from its registry at a pinned version, and is used with nothing changed but addresses and trust.

${outcomes.map((outcome) => `- ${outcome.witness.name}: ${verdictOf(outcome)}`).join("\n")}

${outcomes.map(section).join("\n")}`
