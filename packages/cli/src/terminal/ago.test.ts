import { expect, it } from "vitest"
import { ago } from "./ago.ts"

it("says how long ago in the unit people would use", () => {
  const now = 1_000_000
  expect([now, now - 59, now - 60, now - 7_200, now - 200_000, now + 240].map((at) => ago(at, now))).toEqual([
    "0 s ago",
    "59 s ago",
    "1 min ago",
    "2 h ago",
    "2 d ago",
    "in 4 min",
  ])
})
