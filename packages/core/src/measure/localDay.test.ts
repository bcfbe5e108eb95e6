import { expect, it } from "vitest"
import { localDay } from "./localDay.ts"

it("is the local date", () => {
  const at = 1_795_305_600 // 2026-11-22 00:00 UTC
  expect(localDay(at, "UTC")).toBe("2026-11-22")
  expect(localDay(at, "America/Los_Angeles")).toBe("2026-11-21")
  expect(localDay(at, "Mars/Olympus")).toBeNull()
})
