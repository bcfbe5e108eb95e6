import { defineConfig } from "vitest/config"

const conditions = ["@withings-bridge/source"]

/** For the journeys that journey.test.ts runs in a network namespace. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["test/*.inside.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    bail: 1,
  },
})
