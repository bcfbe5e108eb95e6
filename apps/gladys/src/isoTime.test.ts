import { describe, expect, it } from "vitest"
import { epochOf, strictEpochOf } from "./isoTime.ts"

describe("a time that a stranger sends", () => {
  it.each(["2026-03-01", "2026-03-01T12:00Z", "2026-03-01T12:00:00.5+01:00", "2026-03-01t12:00:00z"])(
    "%s is read",
    (iso) => {
      expect(strictEpochOf(iso)).toBe(epochOf(iso))
      expect(strictEpochOf(iso)).not.toBeNull()
    },
  )

  it.each(["1", "", "March 1, 2026", "2026-13-01T00:00:00Z", "2026-03-01T12:00:00 noon"])(
    "%j is none",
    (text) => {
      expect(strictEpochOf(text)).toBeNull()
    },
  )
})
