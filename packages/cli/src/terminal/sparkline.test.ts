import { describe, expect, it } from "vitest"
import { sparkline } from "./sparkline.ts"

describe("sparkline", () => {
  it("goes from the lowest to the highest value", () => {
    expect(sparkline([1, 2, 3, 4, 5, 6, 7, 8])).toBe("▁▂▃▄▅▆▇█")
  })

  it("draws a level course in the middle", () => {
    expect(sparkline([70, 70, 70])).toBe("▄▄▄")
  })

  it("averages what does not fit into the width", () => {
    expect(sparkline([0, 2, 7, 9], 2)).toBe("▁█")
  })
})
