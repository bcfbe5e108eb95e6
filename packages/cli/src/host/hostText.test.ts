import { expect, it } from "vitest"
import { hostText } from "./hostText.ts"

const place = { now: "09:30:00", width: 80 }

it("breaks a message within 80 columns, and keeps it whole in a record", () => {
  const message = { type: "message", app: "console", level: "info", text: "word ".repeat(30).trim() } as const
  const lines = hostText(message, place).split("\n")
  expect(lines[0]).toMatch(/^09:30:00 Console {2}word/u)
  expect(lines[1]).toMatch(/^ {18}word/u)
  expect(lines.every((line) => line.length <= 80)).toBe(true)
  expect(hostText(message, { ...place, width: Number.POSITIVE_INFINITY })).not.toContain("\n")
})

it("says where to go, and who controls the Matter bridge", () => {
  const ready = { type: "ready", app: "matter", again: false } as const
  const codes = { qrPairingCode: "MT:Y", manualPairingCode: "34970112332", port: 5540 }
  expect(hostText({ ...ready, ready: { ...codes, commissioned: false } }, place)).toContain("3497-011-2332")
  const paired = { ...ready, ready: { ...codes, commissioned: true }, controllers: ["Apple Home", "Google"] }
  expect(hostText(paired, place)).toMatch(/paired with Apple Home, Google$/u)
  expect(hostText({ ...paired, again: true }, place)).toBe("09:30:00 Matter   Runs again.")
})
