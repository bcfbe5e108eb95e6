import { expect, it } from "vitest"
import { release, softwareVersionOf } from "./release.ts"

it("makes a number that grows with each release", () => {
  const releases = ["0.0.1", "0.2.0", "0.2.13", "1.0.0", "1.4.2", "1.10.0", "12.0.0"]
  const versions = releases.map(softwareVersionOf)
  expect(versions).toEqual(versions.toSorted((a, b) => a - b))
  expect(new Set(versions).size).toBe(releases.length)
  expect(softwareVersionOf("1.4.2")).toBe(1_004_002)
  expect(softwareVersionOf("2.0.0-beta.3")).toBe(2_000_000)
})

it("is never 0, which matter.js takes for none", () => {
  expect(softwareVersionOf("0.0.0")).toBe(1)
  expect(softwareVersionOf(release)).toBeGreaterThan(0)
})
