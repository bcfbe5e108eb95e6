import { expect, it } from "vitest"
import { rereadParts } from "./rereadPlan.ts"

it("covers all the time there is, without a gap", () => {
  const now = Date.UTC(2026, 10, 21) / 1_000
  const parts = rereadParts("night", now)
  expect(parts[0]?.to).toBe(now)
  expect(parts.at(-1)?.from).toBe(1)
  expect(parts.slice(1).map(({ to }) => to)).toEqual(parts.slice(0, -1).map(({ from }) => from))
  expect(parts.length).toBe(6)
})
