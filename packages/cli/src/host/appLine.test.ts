import { expect, it } from "vitest"
import { readAppLine } from "./appLine.ts"

it("reads where an app is to be found", () => {
  expect(readAppLine("The console of Withings Bridge: http://127.0.0.1:7332")).toEqual({
    type: "ready",
    ready: { address: "http://127.0.0.1:7332" },
  })
  expect(
    readAppLine("Withings bridge for Gladys: http://[::1]:8765 (what it answers: http://[::1]:8765/docs)"),
  ).toEqual({ type: "ready", ready: { address: "http://[::1]:8765" } })
  const codes = {
    qrPairingCode: "MT:Y.K9",
    manualPairingCode: "34970112332",
    port: 5540,
    commissioned: false,
  }
  expect(readAppLine(`withings-matter ready ${JSON.stringify(codes)}`)).toEqual({
    type: "ready",
    ready: codes,
  })
})

it("leaves out the codes of Matter, which are shown once it is ready", () => {
  expect(["█⠀▄▄▄▄▄⠀██▀ █", "", "Manual code 3497-011-2332"].map(readAppLine)).toEqual([null, null, null])
})

it("tells what is logged as a sentence, with the first line of why", () => {
  const head = "timestamp=2026-11-21T09:30:00.123Z"
  expect(readAppLine(`${head} level=WARN fiber=#12 message="Ann said \\"no\\"."`)).toEqual({
    type: "message",
    level: "warning",
    text: 'Ann said "no".',
  })
  expect(
    readAppLine(`${head} level=ERROR fiber=#1 message="It stumbled" cause="Error: full\\n    at there"`),
  ).toEqual({ type: "message", level: "error", text: "It stumbled (Error: full)" })
  expect(readAppLine(`${head} level=INFO fiber=#1 message=Hello`)).toMatchObject({ text: "Hello" })
  expect(readAppLine("2026-11-21 09:30:00.123 WARN   MdnsServer no answer")).toEqual({
    type: "message",
    level: "warning",
    text: "MdnsServer no answer",
  })
})

it("passes on everything else as it is", () => {
  expect(readAppLine("API key, shown this once only: abc")).toMatchObject({
    level: "info",
    text: "API key, shown this once only: abc",
  })
  expect(readAppLine("✗ Something else listens there.")).toEqual({
    type: "message",
    level: "error",
    text: "Something else listens there.",
  })
})
