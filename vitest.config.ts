import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"

const conditions = ["@withings-bridge/source"]

/** Journeys start real Homebridge, Matter and HTTP servers on a machine that may have two cores. */
const journeyTimeout = 120_000

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["{packages,apps}/*/{src,test}/**/*.test.ts"],
    // They wait more than they work.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: journeyTimeout,
    hookTimeout: journeyTimeout,
    silent: "passed-only",
    reporters: process.env["CI"] ? ["default", "json"] : ["default"],
    outputFile: { json: "node_modules/.cache/vitest.json" },
  },
})
