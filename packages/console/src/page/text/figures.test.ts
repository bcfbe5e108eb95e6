import type { Feature } from "@withings-bridge/core"
import { kindOf } from "@withings-bridge/core"
import { beforeAll, expect, it, vi } from "vitest"

// The language is the browser's, which is not here.
vi.stubGlobal("localStorage", { getItem: () => "en" })

let figure: (feature: Feature, value: number) => string
beforeAll(async () => {
  ;({ figure } = await import("./figures.ts"))
})

const feature = (kind: string): Feature => ({ ...kindOf(kind), kind, reading: null })

it("tells a sleep efficiency in percent", () => {
  expect(figure(feature("sleep-efficiency"), 0.94)).toBe("94%")
  expect(figure(feature("sleep-awake-count"), 1)).toBe("1")
})

it("writes a minus as one", () => {
  expect(figure(feature("weight-change-7-days"), -1.25)).toMatch(/^−1\.\d+\u00a0kg$/)
})
