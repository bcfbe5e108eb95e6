import { expect, it } from "vitest"
import { helpText } from "./helpText.ts"

it("keeps what explains, within 80 columns", () => {
  const long = `  ${"word ".repeat(30).trim()}`
  const text = helpText(
    `Withings Bridge\n\nWithings Bridge 0.0.0\n\nUSAGE\n\n$ people\n\n--home text\n\n  A user-defined piece of text.\n\n${long}\n\n  This setting is optional.\n\n`,
  )
  expect(text.startsWith("USAGE\n\n$ people\n\n--home text\n\n  word")).toBe(true)
  expect(text.split("\n").every((line) => line.length <= 80)).toBe(true)
  expect(text).not.toContain("user-defined")
})
