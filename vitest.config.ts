import { availableParallelism } from "node:os"
import { fileURLToPath, pathToFileURL } from "node:url"
import { defineConfig } from "vitest/config"
import { BaseSequencer, type TestSpecification } from "vitest/node"
import { SkippedTests } from "./scripts/SkippedTests.ts"

const conditions = ["@withings-bridge/source"]

/** Journeys start real Homebridge, Matter and HTTP servers on a machine that may have two cores. */
const journeyTimeout = 120_000

/**
 * When every test begins, so that none depends on the hour at which it runs: noon, far from every change of a day or of
 * daylight saving. `HOUSEHOLD_TIME=machine` leaves the machine's clock; `npm run hours` sets it so.
 */
const householdTime = process.env["HOUSEHOLD_TIME"] ?? "2026-11-21T12:00:00Z"
const clock = fileURLToPath(new URL("packages/simulator/test/processClock.mjs", import.meta.url))
const inHousehold =
  householdTime === "machine"
    ? {}
    : {
        NODE_OPTIONS: `--import ${pathToFileURL(clock).href}`,
        HOUSEHOLD_CLOCK_AHEAD: String(Date.parse(householdTime) - Date.now()),
      }

/** Journeys first, which wait: else the last one would run on alone when all else is done. */
class JourneysFirst extends BaseSequencer {
  override sort(files: Array<TestSpecification>): Promise<Array<TestSpecification>> {
    const isUnit = ({ moduleId }: TestSpecification) => Number(moduleId.includes("/src/"))
    return Promise.resolve(files.toSorted((one, other) => isUnit(one) - isUnit(other)))
  }
}

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["{packages,apps}/*/{src,test}/**/*.test.ts", "examples/**/*.test.ts"],
    globalSetup: "scripts/ownFolder.ts",
    env: inHousehold,
    // They wait more than they work: three on two cores. Four are a fifth faster, but crowd the journeys.
    maxWorkers: Math.max(3, availableParallelism()),
    sequence: { sequencer: JourneysFirst },
    testTimeout: journeyTimeout,
    hookTimeout: journeyTimeout,
    silent: "passed-only",
    reporters: ["default", new SkippedTests(), ...(process.env["CI"] ? ["json"] : [])],
    outputFile: { json: "node_modules/.cache/vitest.json" },
  },
})
