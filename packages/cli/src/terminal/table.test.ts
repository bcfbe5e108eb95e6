import { expect, it } from "vitest"
import { withoutColour } from "./style.ts"
import { table } from "./table.ts"

it("wraps the last column instead of cutting a name", () => {
  const text = table(["Kind", "Name"], [["weight", "Weight as the scale in the hall tells it"]], 30)
  expect(withoutColour(text).split("\n")).toEqual([
    "Kind    Name",
    "weight  Weight as the scale in",
    "        the hall tells it",
  ])
})

it("leaves a line whole where there is no terminal", () => {
  const long = "x ".repeat(200).trim()
  expect(withoutColour(table(["A", "B"], [["1", long]], Number.POSITIVE_INFINITY))).toContain(long)
})
