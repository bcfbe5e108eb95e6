import { describe, expect, it } from "vitest"
import { wrongAttempts } from "./wrongAttempts.ts"

const repeat = (times: number, attempt: () => boolean) => Array.from({ length: times }, attempt)

describe("wrong attempts", () => {
  it("are too many after ten in a minute, for that address alone", () => {
    const wrong = wrongAttempts()
    expect(repeat(10, () => wrong.tooMany("a", 0))).not.toContain(true)
    expect(wrong.tooMany("a", 1000)).toBe(true)
    expect(wrong.tooMany("b", 1000)).toBe(false)
  })

  it("are forgotten a minute after the first", () => {
    const wrong = wrongAttempts()
    repeat(20, () => wrong.tooMany("a", 0))
    expect(wrong.tooMany("a", 60_000)).toBe(false)
  })
})
