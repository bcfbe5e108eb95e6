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

it("tells what is logged as a sentence, with its level", () => {
  expect(readAppLine("09:30:00 Warning: It stumbled (full)")).toEqual({
    type: "message",
    level: "warning",
    text: "It stumbled (full)",
  })
  expect(readAppLine("09:30:00 Error: Lost.")).toEqual({ type: "message", level: "error", text: "Lost." })
  expect(readAppLine("09:30:00 Hello")).toEqual({ type: "message", level: "info", text: "Hello" })
  expect(readAppLine("2026-11-21 09:30:00.123 WARN   MdnsServer no answer")).toEqual({
    type: "message",
    level: "warning",
    text: "MdnsServer no answer",
  })
})

it("passes on everything else as it is", () => {
  expect(readAppLine("Its API key is in /home/ann/.withings-bridge/gladys/api-key")).toMatchObject({
    level: "info",
    text: "Its API key is in /home/ann/.withings-bridge/gladys/api-key",
  })
  expect(readAppLine("✗ Something else listens there.")).toEqual({
    type: "message",
    level: "error",
    text: "Something else listens there.",
  })
})
