import { assert, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import { atTestTime } from "./householdClock.ts"

const asked = "console.log(Date.now())"
const clocks = {
  "a test": () => Date.now(),
  "its process": () => Number(execFileSync(process.execPath, ["-e", asked])),
  "its process with an environment of its own": () =>
    Number(execFileSync(process.execPath, ["-e", asked], { env: atTestTime() })),
}

// `npm run hours` sets another time.
it.skipIf(process.env["HOUSEHOLD_TIME"] !== undefined).each(Object.entries(clocks))(
  "%s begins at noon, at whatever hour it runs",
  (_, now) => {
    const sinceNoon = now() - Date.parse("2026-11-21T12:00:00Z")
    assert.isAtLeast(sinceNoon, 0)
    assert.isBelow(sinceNoon, 4 * 3_600_000)
  },
)
