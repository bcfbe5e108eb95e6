import { describe, expect, it } from "vitest"
import { fnv1a128, opaqueId } from "./opaqueId.ts"

describe("opaqueId", () => {
  it("is FNV-1a of 128 bits (published vectors)", () => {
    expect(fnv1a128("").toString(16)).toBe("6c62272e07bb014262b821756295c58d")
    expect(fnv1a128("a").toString(16)).toBe("d228cb696f1a8caf78912b704e4a8964")
    expect(fnv1a128("foobar").toString(16)).toBe("343e1662793c64bf6f0d3597ba446f18")
  })

  it("never changes: homes know their devices by it", () => {
    expect(opaqueId("device", "person-1", "device-1")).toMatchInlineSnapshot(`"907648e029de50f7d3fa2c26"`)
  })

  it("keeps parts apart", () => {
    expect(opaqueId("a", "bc")).not.toBe(opaqueId("ab", "c"))
    expect(opaqueId("é")).toMatch(/^[0-9a-f]{24}$/)
  })

  it("gives 100,000 neighbours 100,000 names", () => {
    const ids = new Set<string>()
    for (let person = 0; person < 100; person++) {
      for (let device = 0; device < 1000; device++) ids.add(opaqueId("device", `${person}`, `${device}`))
    }
    expect(ids.size).toBe(100_000)
  })
})
