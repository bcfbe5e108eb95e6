import { relative } from "node:path"
import type { Reporter, TestModule, Vitest } from "vitest/node"

/** Prints what was not tested, so that a green run on a bare machine does not look like more than it is. */
export class SkippedTests implements Reporter {
  #areChosen = false

  onInit({ config }: Vitest): void {
    this.#areChosen = config.testNamePattern !== undefined
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    if (this.#areChosen) return
    const skipped = modules.flatMap((module) => {
      const tests = [...module.children.allTests("skipped")]
      return tests.length === 0 ? [] : [lineOf(module, tests[0]?.fullName ?? "", tests.length)]
    })
    if (skipped.length === 0) return
    console.warn(`\nNOT TESTED on this machine (each test says what it needs):\n${skipped.join("\n")}\n`)
  }
}

const lineOf = ({ moduleId }: TestModule, first: string, count: number): string =>
  `  ${relative(process.cwd(), moduleId)}: ${first}${count > 1 ? `, and ${count - 1} more` : ""}`
