import type { HostEvent } from "./HostEvent.ts"
import { expect, it } from "vitest"
import { hostText } from "./hostText.ts"

const place = { now: "09:30:00", width: 80, isPrivate: false }
const matter = { name: "matter", title: "Matter" }
const console = { name: "console", title: "Console" }

it("breaks a message within 80 columns, and keeps it whole in a record", () => {
  const message: HostEvent = { type: "message", app: console, level: "info", text: "word ".repeat(30).trim() }
  const lines = hostText(message, place).split("\n")
  expect(lines[0]).toMatch(/^09:30:00 Console {2}word/u)
  expect(lines[1]).toMatch(/^ {18}word/u)
  expect(lines.every((line) => line.length <= 80)).toBe(true)
  expect(hostText(message, { ...place, width: Number.POSITIVE_INFINITY })).not.toContain("\n")
})

it("shows the code of the Matter bridge, or its controllers", () => {
  const ready = (controllers: ReadonlyArray<string>, again = false): HostEvent => ({
    type: "ready",
    app: matter,
    access: { address: null, pairing: { qr: "MT:Y", code: "34970112332", controllers } },
    again,
  })
  expect(hostText(ready([]), place)).toContain("3497-011-2332")
  expect(hostText(ready(["Apple Home", "Google"]), place)).toMatch(/paired with Apple Home, Google$/u)
  expect(hostText(ready([], true), place)).toBe("09:30:00 Matter   Runs again.")
})

it("shows the address that signs in only where the output is private", () => {
  const access = { address: "http://127.0.0.1:7332", privateAddress: "http://127.0.0.1:7332/enter?t=x" }
  const ready: HostEvent = { type: "ready", app: console, access, again: false }
  expect(hostText(ready, place)).not.toContain("enter")
  expect(hostText(ready, { ...place, isPrivate: true })).toContain("enter?t=x")
})
