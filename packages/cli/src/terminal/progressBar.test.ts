import { describe, expect, it } from "vitest"
import { bar, duration, progressText } from "./progressBar.ts"

describe("progress", () => {
  it("shows count, rate and time left", () => {
    expect(progressText({ done: 5_000, total: 20_000, already: 0, elapsed: 5 })).toBe(
      "5,000 of 20,000 measures, 1,000/s, 15 s left",
    )
    // After two spaces, a name of ten, a bar of fourteen and two more.
    const long = progressText({ done: 123_142, total: 189_170, already: 0, elapsed: 130 })
    expect(long).toBe("123,142 of 189,170 measures, 947/s, 2 min left")
    expect(28 + long.length).toBeLessThan(80)
  })

  it("counts the rate from where an interrupted history continued", () => {
    expect(progressText({ done: 5_000, total: 20_000, already: 4_000, elapsed: 4 })).toBe(
      "5,000 of 20,000 measures, 250/s",
    )
  })

  it("shows no time left while the total is unknown", () => {
    expect(progressText({ done: 5_000, total: null, already: 0, elapsed: 2 })).toBe("5,000 measures, 2,500/s")
    expect(progressText({ done: 0, total: 10, already: 0, elapsed: 0 })).toBe("0 of 10 measures")
  })

  it("shows no time left before it is steady, and no rate once everything expected is here", () => {
    expect(progressText({ done: 5_000, total: 20_000, already: 0, elapsed: 2 })).toBe(
      "5,000 of 20,000 measures, 2,500/s",
    )
    expect(progressText({ done: 1_000, total: 20_000, already: 0, elapsed: 10 })).toBe(
      "1,000 of 20,000 measures, 100/s",
    )
    expect(progressText({ done: 20, total: 20, already: 0, elapsed: 9 })).toBe(
      "20 measures, looking for more",
    )
  })

  it("fills the bar to its share and never beyond", () => {
    expect(bar(0.5, 10)).toBe("█████░░░░░")
    expect(bar(1.4, 4)).toBe("████")
  })

  it("writes durations as people say them", () => {
    expect([8.4, 60, 200, 7_500].map(duration)).toEqual(["8 s", "1 min", "3 min 20 s", "2 h 5 min"])
  })
})
